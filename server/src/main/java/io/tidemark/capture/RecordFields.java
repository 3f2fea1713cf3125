package io.tidemark.capture;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of one record as they were sent, typed but not yet checked against each other. Used
/// by one thread.
///
/// The first thing found wrong is kept and refuses the record when it is made, so that the fields
/// after it are still read.
final class RecordFields {

  private final Map<RecordField, Object> values = new EnumMap<>(RecordField.class);
  private @Nullable CaptureRefusal refusal;
  private @Nullable String unknownField;

  void set(RecordField field, Object value) {
    values.put(field, value);
  }

  void refuse(CaptureRefusal found) {
    if (refusal == null) {
      refusal = found;
    }
  }

  void noteUnknown(String name) {
    if (unknownField == null) {
      unknownField = name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }
  }

  /// @throws CaptureRefusal the first thing found wrong while reading
  void throwRefusal() throws CaptureRefusal {
    if (refusal != null) {
      throw refusal;
    }
  }

  @Nullable String warning() {
    return unknownField == null
        ? null
        : "field \"%s\" is not known for native records and was left out".formatted(unknownField);
  }

  @Nullable String text(RecordField field) {
    return (String) values.get(field);
  }

  String requiredText(RecordField field) throws CaptureRefusal {
    String value = text(field);
    if (value == null) {
      throw CaptureRefusal.missing(field.fieldName(), "a string");
    }
    if (value.isEmpty()) {
      throw CaptureRefusal.invalid(field.fieldName(), "a string that is not empty");
    }
    return value;
  }

  @Nullable BigDecimal number(RecordField field) {
    return (BigDecimal) values.get(field);
  }

  double requiredNumber(RecordField field) throws CaptureRefusal {
    Object value = values.get(field);
    if (value == null) {
      throw CaptureRefusal.missing(field.fieldName(), "a number");
    }
    double number = ((Number) value).doubleValue();
    if (!Double.isFinite(number)) {
      throw CaptureRefusal.invalid(field.fieldName(), "a finite number");
    }
    return number;
  }

  @Nullable Boolean flag(RecordField field) {
    return (Boolean) values.get(field);
  }

  @Nullable Instant instant(RecordField field) throws CaptureRefusal {
    String value = text(field);
    return value == null ? null : Timestamps.parse(field.fieldName(), value);
  }
}
