package io.tidemark.bench.questions;

import io.tidemark.bench.server.BenchDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Remembers, in the report's schema, which data set a database holds and how far it got. A
/// database whose loading was cut off says nothing, or that only the report's schema has it.
record DataSetStore(BenchDatabase database) {

  /// The table it is remembered in.
  static final String TABLE = "data_set";

  private static final String NAME = BenchDatabase.COMPARED_SCHEMA + "." + TABLE;

  /// What Tidemark has of it.
  enum Held {
    /// Nothing that is of use.
    NOTHING,
    /// All but the last day.
    HISTORY,
    ALL,
    /// All, and more that came later.
    MORE
  }

  /// What is there.
  record Kept(DataSet data, Held inTidemark) {}

  Optional<Kept> find() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("SELECT to_regclass('" + NAME + "') IS NULL")) {
        row.next();
        if (row.getBoolean(1)) {
          return Optional.empty();
        }
      }
      try (ResultSet row =
          statement.executeQuery("SELECT scale, seed, ends_at, in_tidemark FROM " + NAME)) {
        row.next();
        DataSet data =
            new DataSet(
                row.getDouble(1),
                row.getLong(2),
                row.getObject(3, OffsetDateTime.class).toInstant());
        return Optional.of(new Kept(data, Held.valueOf(row.getString(4))));
      }
    }
  }

  /// The report's schema has it.
  void add(DataSet data) throws SQLException {
    execute(
        "CREATE TABLE "
            + NAME
            + " (scale float8, seed bigint, ends_at timestamptz, in_tidemark text)");
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("INSERT INTO " + NAME + " VALUES (?, ?, ?, ?)")) {
      statement.setDouble(1, data.scale());
      statement.setLong(2, data.seed());
      statement.setObject(3, data.end().atOffset(ZoneOffset.UTC));
      statement.setString(4, Held.NOTHING.name());
      statement.executeUpdate();
    }
  }

  void set(Held inTidemark) throws SQLException {
    execute("UPDATE %s SET in_tidemark = '%s'".formatted(NAME, inTidemark));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
