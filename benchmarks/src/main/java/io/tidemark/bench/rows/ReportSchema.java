package io.tidemark.bench.rows;

import io.tidemark.bench.server.BenchDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/// The tables that Tidemark is compared with; what they are is in the `.sql` files beside this
/// class.
public enum ReportSchema {
  /// The five analytics tables, without keys and indexes.
  TABLES("report_tables.sql"),
  /// Their keys and 20 indexes.
  INDEXES("report_indexes.sql"),
  /// The app's own tables that the report speaks of, with its other three indexes.
  APP_TABLES("report_app_tables.sql"),
  /// The tables of rows once more, without any index.
  UNINDEXED_TABLES("unindexed_tables.sql");

  private final String file;

  ReportSchema(String file) {
    this.file = file;
  }

  /// Makes the schema with these parts, in this order.
  public static void create(BenchDatabase database, ReportSchema... parts)
      throws SQLException, IOException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + BenchDatabase.COMPARED_SCHEMA);
      statement.execute("SET search_path = " + BenchDatabase.COMPARED_SCHEMA);
      for (ReportSchema part : parts) {
        statement.execute(part.text());
      }
    }
  }

  /// Its statements one by one, to be run with the schema as the first of the search path.
  public List<String> statements() throws IOException {
    return Arrays.stream(text().split(";", -1))
        .map(statement -> statement.replaceAll("(?m)^--.*$", "").strip())
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  private String text() throws IOException {
    try (InputStream stream = ReportSchema.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing from this program");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
