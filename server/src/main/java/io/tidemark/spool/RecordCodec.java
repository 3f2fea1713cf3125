package io.tidemark.spool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.SubscriptionState;
import io.tidemark.record.UserEvent;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// A record as one line of JSON, and back.
final class RecordCodec {

  /// The names are in files that a later version reads: they do not change.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = UserEvent.class, name = "user_event"),
    @JsonSubTypes.Type(value = FunnelStep.class, name = "conversion_funnel"),
    @JsonSubTypes.Type(value = MetricSample.class, name = "performance_metric"),
    @JsonSubTypes.Type(value = ApiCall.class, name = "api_response_time"),
    @JsonSubTypes.Type(value = PersonDescription.class, name = "user"),
    @JsonSubTypes.Type(value = SubscriptionState.class, name = "subscription")
  })
  private interface Typed {}

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addMixIn(CapturedRecord.class, Typed.class)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();
  private static final ObjectWriter WRITER = JSON.writerFor(CapturedRecord.class);
  private static final ObjectReader READER = JSON.readerFor(CapturedRecord.class);

  private RecordCodec() {}

  static byte[] encode(CapturedRecord captured) {
    return WRITER.writeValueAsBytes(captured);
  }

  /// @throws tools.jackson.core.JacksonException if it is not a record that this version knows
  static CapturedRecord decode(byte[] json) {
    return READER.readValue(json);
  }
}
