package io.tidemark.ingest;

import io.tidemark.record.ApiCall;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FactTable;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.UserEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Writes the rows of one fact table with binary COPY. No other class knows the columns that are
/// written.
final class FactWriter {

  private static final int EXPECTED_ROW_BYTES = 128;
  private static final int SHARED_COLUMNS = 6;

  private FactWriter() {}

  static String copyStatement(FactTable table) {
    String own =
        switch (table) {
          case USER_EVENT -> "page";
          case CONVERSION_FUNNEL -> "effect_id";
          case PERFORMANCE_METRIC -> "value, page";
          case API_RESPONSE_TIME -> "answer, response_time_ms";
        };
    return "COPY /* ingest.write */ %s (ts, batch_id, user_key, kind_id, session_id, properties, %s) FROM STDIN (FORMAT binary)"
        .formatted(table.detailTableName(), own);
  }

  /// @param rows rows of that table
  static void write(Connection connection, FactTable table, long batchId, List<FactRow> rows)
      throws SQLException {
    CopyRows copied = new CopyRows(rows.size() * EXPECTED_ROW_BYTES);
    for (FactRow row : rows) {
      put(copied, table, row, batchId);
    }
    copy(connection, copyStatement(table), copied);
  }

  static void copy(Connection connection, String statement, CopyRows rows) throws SQLException {
    rows.finish();
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    try {
      copy.copyIn(statement, new ByteArrayInputStream(rows.bytes(), 0, rows.length()), 65_536);
    } catch (IOException e) {
      throw new UncheckedIOException("A byte array cannot fail to be read", e);
    }
  }

  /// By table, not by the fact's type: telling types apart costs more than writing the row.
  private static void put(CopyRows rows, FactTable table, FactRow row, long batchId) {
    switch (table) {
      case USER_EVENT -> {
        UserEvent event = (UserEvent) row.fact();
        putShared(rows, event.origin(), row, batchId, 1);
        rows.putText(event.page());
      }
      case CONVERSION_FUNNEL -> {
        FunnelStep step = (FunnelStep) row.fact();
        putShared(rows, step.origin(), row, batchId, 1);
        rows.putText(step.effectId());
      }
      case PERFORMANCE_METRIC -> {
        MetricSample sample = (MetricSample) row.fact();
        putShared(rows, sample.origin(), row, batchId, 2);
        rows.putDouble(sample.value());
        rows.putText(sample.page());
      }
      case API_RESPONSE_TIME -> {
        ApiCall call = (ApiCall) row.fact();
        putShared(rows, call.origin(), row, batchId, 2);
        rows.putShort(answer(call));
        rows.putDouble(call.responseTimeMillis());
      }
    }
  }

  /// Status code and cache hit in one number, as the view `api_response_time` takes it apart: a
  /// column more would make most rows 8 bytes longer.
  private static int answer(ApiCall call) {
    Boolean cacheHit = call.cacheHit();
    if (cacheHit == null) {
      return call.statusCode() * 4;
    }
    return call.statusCode() * 4 + (cacheHit ? 2 : 1);
  }

  private static void putShared(
      CopyRows rows, FactOrigin origin, FactRow row, long batchId, int ownColumns) {
    rows.startRow(SHARED_COLUMNS + ownColumns);
    rows.putInstant(origin.at());
    rows.putLong(batchId);
    rows.putKey(row.userKey());
    rows.putInt(row.kindId());
    rows.putText(origin.sessionId());
    rows.putJson(origin.properties());
  }
}
