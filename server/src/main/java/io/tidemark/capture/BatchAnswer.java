package io.tidemark.capture;

import io.tidemark.ingest.RefusalLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What became of a request's records: how many were stored, and each that was not plainly stored.
/// Used by one thread.
final class BatchAnswer {

  private record Listed(String result, @Nullable String code, @Nullable String detail) {}

  private final List<CapturedEntry> entries;
  private final Map<Integer, Listed> listed = new TreeMap<>();

  BatchAnswer(List<CapturedEntry> entries) {
    this.entries = entries;
    for (int i = 0; i < entries.size(); i++) {
      switch (entries.get(i).outcome()) {
        case CaptureOutcome.Refused(String code, String detail) -> markRefused(i, code, detail);
        case CaptureOutcome.Accepted(var captured, var warning) -> {
          if (warning != null) {
            listed.put(i, new Listed("accepted", "unknown_field", warning));
          }
        }
      }
    }
  }

  void markDuplicate(int index) {
    listed.put(index, new Listed("duplicate", null, null));
  }

  void markRefused(int index, String code, String detail) {
    listed.put(index, new Listed("rejected", code, detail));
  }

  void countRefusals(RefusalLog refusals, String keyName) {
    listed.forEach((index, entry) -> {
      if (entry.result().equals("rejected") && entry.code() != null && entry.detail() != null) {
        refusals.count(keyName, entries.get(index).type(), entry.code(), entry.detail());
      }
    });
  }

  void write(JsonGenerator json) {
    long duplicates = count("duplicate");
    long rejected = count("rejected");
    json.writeStartObject();
    json.writeNumberProperty("accepted", entries.size() - duplicates - rejected);
    json.writeNumberProperty("duplicates", duplicates);
    json.writeNumberProperty("rejected", rejected);
    json.writeArrayPropertyStart("results");
    listed.forEach((index, entry) -> {
      json.writeStartObject();
      json.writeNumberProperty("index", index);
      writeIfPresent(json, "id", entries.get(index).id());
      json.writeStringProperty("result", entry.result());
      writeIfPresent(json, "code", entry.code());
      writeIfPresent(json, "detail", entry.detail());
      json.writeEndObject();
    });
    json.writeEndArray();
    json.writeEndObject();
  }

  private long count(String result) {
    return listed.values().stream().filter(entry -> entry.result().equals(result)).count();
  }

  private static void writeIfPresent(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }
}
