package io.tidemark.platform.postgres;

/// How to reach a database. Never prints its password.
public record PostgresConnection(String jdbcUrl, String username, String password) {

  @Override
  public String toString() {
    return "PostgresConnection[jdbcUrl=" + jdbcUrl + ", username=" + username + ", password=***]";
  }
}
