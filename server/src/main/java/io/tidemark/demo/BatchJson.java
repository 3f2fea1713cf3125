package io.tidemark.demo;

import io.tidemark.demo.SampleRecord.Stamp;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes records as a body of `POST /api/v1/batch`. Thread-safe: it holds nothing but the factory.
///
/// A sample record takes less than 1 KB, so a batch of 1,000 stays well below the intake's 4 MB.
final class BatchJson {

  private static final int USUAL_RECORD_BYTES = 320;

  private final JsonFactory factory = new JsonFactory();

  /// `{"records":[…]}` in UTF-8.
  byte[] write(List<SampleRecord> records) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_RECORD_BYTES * records.size());
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), body)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("records");
      for (SampleRecord sample : records) {
        json.writeStartObject();
        writeFields(json, sample);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return body.toByteArray();
  }

  private static void writeFields(JsonGenerator json, SampleRecord sample) {
    switch (sample) {
      case SampleRecord.Event event -> writeEvent(json, event);
      case SampleRecord.FunnelStep step -> writeFunnelStep(json, step);
      case SampleRecord.Metric metric -> writeMetric(json, metric);
      case SampleRecord.Call call -> writeCall(json, call);
      case SampleRecord.Person person -> writePerson(json, person);
      case SampleRecord.Subscription subscription -> writeSubscription(json, subscription);
    }
  }

  private static void writeEvent(JsonGenerator json, SampleRecord.Event event) {
    writeStamp(json, "user_event", event.stamp());
    json.writeStringProperty("event_type", event.eventType());
    json.writeStringProperty("page", event.page());
    writeStrings(json, "properties", event.properties());
  }

  private static void writeFunnelStep(JsonGenerator json, SampleRecord.FunnelStep step) {
    writeStamp(json, "conversion_funnel", step.stamp());
    json.writeStringProperty("step", step.step());
    Effect effect = step.effect();
    if (effect != null) {
      json.writeStringProperty("effect_id", effect.id());
    }
  }

  private static void writeMetric(JsonGenerator json, SampleRecord.Metric metric) {
    writeStamp(json, "performance_metric", metric.stamp());
    json.writeStringProperty("metric", metric.metric());
    json.writeNumberProperty("value", metric.value());
    if (metric.unit() != null) {
      json.writeStringProperty("unit", metric.unit());
    }
    json.writeStringProperty("page", metric.page());
    writeStrings(json, "properties", metric.properties());
  }

  private static void writeCall(JsonGenerator json, SampleRecord.Call call) {
    writeStamp(json, "api_response_time", call.stamp());
    Endpoint.Answer answer = call.answer();
    json.writeStringProperty("endpoint", answer.endpoint().path());
    json.writeStringProperty("method", answer.endpoint().method());
    json.writeNumberProperty("status_code", answer.statusCode());
    json.writeNumberProperty("response_time_ms", answer.millis());
    if (answer.endpoint().isCacheable()) {
      json.writeBooleanProperty("cache_hit", answer.cached());
    }
  }

  private static void writePerson(JsonGenerator json, SampleRecord.Person person) {
    writeStamp(json, "user", person.stamp());
    json.writeStringProperty("subscription_tier", person.tier().name());
    writeStrings(json, "traits", person.traits());
  }

  private static void writeSubscription(
      JsonGenerator json, SampleRecord.Subscription subscription) {
    writeStamp(json, "subscription", subscription.stamp());
    json.writeStringProperty("tier", subscription.tier().name());
    json.writeNumberProperty("price", subscription.tier().monthlyPriceCny());
    json.writeStringProperty("currency", "CNY");
    json.writeStringProperty("status", subscription.endedAt() == null ? "ACTIVE" : "CANCELED");
    json.writeStringProperty("started_at", subscription.startedAt().toString());
    if (subscription.endedAt() != null) {
      json.writeStringProperty("ended_at", subscription.endedAt().toString());
    }
  }

  private static void writeStamp(JsonGenerator json, String type, Stamp stamp) {
    json.writeStringProperty("type", type);
    json.writeStringProperty("id", stamp.id());
    json.writeStringProperty("timestamp", stamp.timestamp().toString());
    if (stamp.userId() != null) {
      json.writeStringProperty("user_id", stamp.userId());
    }
    if (stamp.anonymousId() != null) {
      json.writeStringProperty("anonymous_id", stamp.anonymousId());
    }
    json.writeStringProperty("session_id", stamp.sessionId());
  }

  private static void writeStrings(JsonGenerator json, String name, Map<String, String> strings) {
    json.writeObjectPropertyStart(name);
    strings.forEach(json::writeStringProperty);
    json.writeEndObject();
  }
}
