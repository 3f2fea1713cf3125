package io.tidemark.bench.rows;

/// How a row is sent to Tidemark. The strings of sample rows need no escaping.
public final class RowJson {

  private RowJson() {}

  /// Appends the fields of a record but for `id` and `timestamp`, without the braces around them.
  public static void appendFields(StringBuilder target, SampleRow row) {
    target.append("\"user_id\":\"").append(row.userId());
    target.append("\",\"session_id\":\"").append(row.sessionId());
    switch (row) {
      case SampleRow.ApiCall call ->
          target
              .append("\",\"type\":\"api_response_time\",\"endpoint\":\"")
              .append(call.endpoint())
              .append("\",\"method\":\"")
              .append(call.method())
              .append("\",\"status_code\":")
              .append(call.statusCode())
              .append(",\"response_time_ms\":")
              .append(call.responseTimeMillis())
              .append(",\"cache_hit\":")
              .append(call.cacheHit());
      case SampleRow.Event event -> {
        target
            .append("\",\"type\":\"user_event\",\"event_type\":\"")
            .append(event.eventType())
            .append("\",\"page\":\"")
            .append(event.page())
            .append('"');
        if (event.properties() != null) {
          target.append(",\"properties\":").append(event.properties());
        }
      }
      case SampleRow.Metric metric ->
          target
              .append("\",\"type\":\"performance_metric\",\"metric\":\"")
              .append(metric.metric())
              .append("\",\"value\":")
              .append(metric.value())
              .append(",\"unit\":\"")
              .append(metric.unit())
              .append("\",\"page\":\"")
              .append(metric.page())
              .append('"');
      case SampleRow.FunnelStep step ->
          target
              .append("\",\"type\":\"conversion_funnel\",\"step\":\"")
              .append(step.step())
              .append("\",\"effect_id\":\"")
              .append(step.effectId())
              .append('"');
    }
  }
}
