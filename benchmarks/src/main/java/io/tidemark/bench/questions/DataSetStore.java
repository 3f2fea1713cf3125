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

  /// What is there.
  ///
  /// @param isInTidemark whether Tidemark has it too, whole
  /// @param wentOn whether Tidemark has taken more records since
  record Kept(DataSet data, boolean isInTidemark, boolean wentOn) {}

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
          statement.executeQuery(
              "SELECT scale, seed, ends_at, is_in_tidemark, went_on FROM " + NAME)) {
        row.next();
        DataSet data =
            new DataSet(
                row.getDouble(1),
                row.getLong(2),
                row.getObject(3, OffsetDateTime.class).toInstant());
        return Optional.of(new Kept(data, row.getBoolean(4), row.getBoolean(5)));
      }
    }
  }

  /// The report's schema has it.
  void add(DataSet data) throws SQLException {
    execute(
        "CREATE TABLE "
            + NAME
            + " (scale float8, seed bigint, ends_at timestamptz, is_in_tidemark boolean, went_on boolean)");
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO " + NAME + " VALUES (?, ?, ?, false, false)")) {
      statement.setDouble(1, data.scale());
      statement.setLong(2, data.seed());
      statement.setObject(3, data.end().atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  /// Whether Tidemark has it, too, and nothing else.
  void setInTidemark(boolean isInTidemark) throws SQLException {
    execute("UPDATE " + NAME + " SET went_on = false, is_in_tidemark = " + isInTidemark);
  }

  /// Tidemark takes more records.
  void setGoingOn() throws SQLException {
    execute("UPDATE " + NAME + " SET went_on = true");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
