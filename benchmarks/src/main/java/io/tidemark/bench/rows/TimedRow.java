package io.tidemark.bench.rows;

import java.time.Instant;
import java.util.UUID;

/// A row with what makes it this one.
///
/// @param idHigh the upper half of its UUID
/// @param idLow the lower half
/// @param millis when it happened, in milliseconds since 1970
public record TimedRow(long idHigh, long idLow, long millis, SampleRow row) {

  /// Appends it as a record that Tidemark takes.
  public void appendJson(StringBuilder target) {
    target.append("{\"id\":\"").append(new UUID(idHigh, idLow));
    target.append("\",\"timestamp\":\"").append(Instant.ofEpochMilli(millis)).append("\",");
    RowJson.appendFields(target, row);
    target.append('}');
  }
}
