package io.tidemark.ingest;

import io.tidemark.record.FactTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// The ledger of batches, and the work that each leaves for the rollups.
final class BatchStore {

  private static final String NEXT = "SELECT /* batch.number */ nextval('batch_number')";

  private static final String ADD =
      "INSERT INTO /* batch.add */ batch (batch_id, records, duplicates) VALUES (?, ?, ?)";

  private static final String ADD_PART =
      """
      INSERT INTO /* batch.add */ batch_part (batch_id, fact, records, ts_first, ts_last)
      VALUES (?, ?, ?, ?, ?)
      """;

  /// Batches are looked at by time of arrival for as long as "live" reaches back, and counted for
  /// some days.
  private static final String FORGET =
      "DELETE /* batch.forget */ FROM batch WHERE committed_at < now() - interval '7 days' AND batch_id NOT IN (SELECT batch_id FROM batch_part)";

  private BatchStore() {}

  static long nextNumber(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NEXT)) {
      row.next();
      return row.getLong(1);
    }
  }

  static void add(
      Connection connection,
      long batchId,
      int records,
      int duplicates,
      Map<FactTable, List<FactRow>> rows)
      throws SQLException {
    try (PreparedStatement batch = connection.prepareStatement(ADD);
        PreparedStatement part = connection.prepareStatement(ADD_PART)) {
      batch.setLong(1, batchId);
      batch.setInt(2, records);
      batch.setInt(3, duplicates);
      batch.executeUpdate();
      for (Map.Entry<FactTable, List<FactRow>> entry : rows.entrySet()) {
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (FactRow row : entry.getValue()) {
          Instant at = row.fact().at();
          first = at.isBefore(first) ? at : first;
          last = at.isAfter(last) ? at : last;
        }
        part.setLong(1, batchId);
        part.setString(2, entry.getKey().tableName());
        part.setInt(3, entry.getValue().size());
        part.setObject(4, utc(first));
        part.setObject(5, utc(last));
        part.addBatch();
      }
      part.executeBatch();
    }
  }

  static void forgetOld(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(FORGET);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
