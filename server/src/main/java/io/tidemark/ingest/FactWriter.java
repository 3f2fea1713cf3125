package io.tidemark.ingest;

import io.tidemark.record.ApiCall;
import io.tidemark.record.Fact;
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
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Writes the rows of one fact table with binary COPY. No other class knows the columns that are
/// written.
final class FactWriter {

  private static final int EXPECTED_ROW_BYTES = 160;
  private static final int SHARED_COLUMNS = 5;

  private FactWriter() {}

  static String copyStatement(FactTable table) {
    String own =
        switch (table) {
          case USER_EVENT -> "event_type, page";
          case CONVERSION_FUNNEL -> "step, effect_id";
          case PERFORMANCE_METRIC -> "type, value, unit, page";
          case API_RESPONSE_TIME -> "endpoint, method, status_code, response_time_ms, cache_hit";
        };
    return "COPY /* ingest.write */ %s (ts, batch_id, user_key, session_id, properties, %s) FROM STDIN (FORMAT binary)"
        .formatted(table.tableName(), own);
  }

  /// @param facts facts of that table
  /// @param userKeys the person of each, in the same order
  static void write(
      Connection connection,
      FactTable table,
      long batchId,
      List<Fact> facts,
      List<@Nullable Long> userKeys)
      throws SQLException {
    CopyRows rows = new CopyRows(facts.size() * EXPECTED_ROW_BYTES);
    int i = 0;
    for (Fact fact : facts) {
      put(rows, table, fact, batchId, userKeys.get(i++));
    }
    copy(connection, copyStatement(table), rows);
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
  private static void put(
      CopyRows rows, FactTable table, Fact fact, long batchId, @Nullable Long userKey) {
    switch (table) {
      case USER_EVENT -> {
        UserEvent event = (UserEvent) fact;
        putOrigin(rows, event.origin(), batchId, userKey, 2);
        rows.putText(event.eventType());
        rows.putText(event.page());
      }
      case CONVERSION_FUNNEL -> {
        FunnelStep step = (FunnelStep) fact;
        putOrigin(rows, step.origin(), batchId, userKey, 2);
        rows.putText(step.step());
        rows.putText(step.effectId());
      }
      case PERFORMANCE_METRIC -> {
        MetricSample sample = (MetricSample) fact;
        putOrigin(rows, sample.origin(), batchId, userKey, 4);
        rows.putText(sample.metric());
        rows.putDouble(sample.value());
        rows.putText(sample.unit());
        rows.putText(sample.page());
      }
      case API_RESPONSE_TIME -> {
        ApiCall call = (ApiCall) fact;
        putOrigin(rows, call.origin(), batchId, userKey, 5);
        rows.putText(call.endpoint());
        rows.putText(call.method());
        rows.putShort(call.statusCode());
        rows.putDouble(call.responseTimeMillis());
        rows.putBoolean(call.cacheHit());
      }
    }
  }

  private static void putOrigin(
      CopyRows rows, FactOrigin origin, long batchId, @Nullable Long userKey, int ownColumns) {
    rows.startRow(SHARED_COLUMNS + ownColumns);
    rows.putInstant(origin.at());
    rows.putLong(batchId);
    rows.putKey(userKey);
    rows.putText(origin.sessionId());
    rows.putJson(origin.properties());
  }
}
