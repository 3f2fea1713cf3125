package io.tidemark.platform;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Which PostgreSQL Tidemark keeps its data in, and how many connections it may hold.
///
/// @param url JDBC URL of a PostgreSQL 15 to 18; empty for the embedded one
/// @param username role to connect as; empty when the URL names it
/// @param password its password; empty when the URL or a password file holds it
/// @param schema schema that holds everything of Tidemark: lower-case letters, digits and
///   underscores
/// @param pool connections by what they are for
@ConfigurationProperties(prefix = "tidemark.database", ignoreUnknownFields = false)
public record DatabaseProperties(
    String url, String username, String password, String schema, Pool pool) {

  private static final int MOST_CONNECTIONS = 50;

  public DatabaseProperties {
    if (!schema.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException(
          "tidemark.database.schema must be lower-case letters, digits and underscores, at most 63: "
              + schema);
    }
    if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "tidemark.database.url must begin with jdbc:postgresql: (such as jdbc:postgresql://db:5432/app)");
    }
  }

  /// Connections by what they are for; together at most 50.
  ///
  /// @param intake to write records with
  /// @param question to answer questions with
  /// @param job for recurring work
  /// @param timeout how long a question waits for a connection
  public record Pool(int intake, int question, int job, Duration timeout) {

    public Pool {
      if (intake < 1 || question < 1 || job < 2 || intake + question + job > MOST_CONNECTIONS) {
        throw new IllegalArgumentException(
            "tidemark.database.pool: intake and question need at least 1 connection, job 2, and together at most "
                + MOST_CONNECTIONS);
      }
    }
  }

  public boolean isEmbedded() {
    return url.isEmpty();
  }

  static String withoutPassword(String jdbcUrl) {
    return jdbcUrl.replaceAll("(?i)(password=)[^&]*", "$1***");
  }

  @Override
  public String toString() {
    return "DatabaseProperties[url="
        + withoutPassword(url)
        + ", username="
        + username
        + ", password=***, schema="
        + schema
        + "]";
  }
}
