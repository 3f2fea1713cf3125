package io.tidemark.bench.ingest;

import io.tidemark.bench.server.BenchDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// The tables that Tidemark is compared with; what they are is in `report_schema.sql`.
final class ReportSchema {

  private static final String FILE = "report_schema.sql";

  private ReportSchema() {}

  static void create(BenchDatabase database) throws SQLException, IOException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        InputStream file = ReportSchema.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing from this program");
      }
      statement.execute("CREATE SCHEMA " + BenchDatabase.COMPARED_SCHEMA);
      statement.execute("SET search_path = " + BenchDatabase.COMPARED_SCHEMA);
      statement.execute(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
