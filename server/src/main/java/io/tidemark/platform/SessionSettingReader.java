package io.tidemark.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SequencedMap;
import java.util.StringJoiner;
import javax.sql.DataSource;

/// Whether PostgreSQL knows what a connection said of itself. Poolers drop it, and a server that
/// went on without would compute with whatever the database is set to.
final class SessionSettingReader {

  /// Of a search path the first schema counts.
  private static final String LOST =
      """
      SELECT /* database.settings */ name, kept, format('ALTER ROLE %I IN DATABASE %I SET %s = %L;', current_user, current_database(), name, said)
        FROM (SELECT name, said, current_setting(name) AS kept FROM unnest(?, ?) AS setting (name, said)) AS setting
       WHERE said <> CASE name WHEN 'search_path' THEN trim(split_part(kept, ',', 1), '" ') ELSE kept END
      """;

  private SessionSettingReader() {}

  /// @param said by name, as a new connection says it
  /// @throws SettingsLostException when another value is in force; says what to do
  static void require(DataSource dataSource, SequencedMap<String, String> said)
      throws SQLException {
    StringJoiner lost = new StringJoiner(", ");
    StringJoiner remedy = new StringJoiner(" ");
    try (Connection connection = dataSource.getConnection();
        PreparedStatement look = connection.prepareStatement(LOST)) {
      look.setArray(1, connection.createArrayOf("text", said.keySet().toArray()));
      look.setArray(2, connection.createArrayOf("text", said.values().toArray()));
      try (ResultSet row = look.executeQuery()) {
        while (row.next()) {
          lost.add("%s is '%s'".formatted(row.getString(1), row.getString(2)));
          remedy.add(row.getString(3));
        }
      }
    }
    if (lost.length() > 0) {
      throw new SettingsLostException(lost.toString(), remedy.toString());
    }
  }
}
