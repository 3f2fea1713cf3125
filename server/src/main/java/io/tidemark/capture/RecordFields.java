package io.tidemark.capture;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of one record as they were sent, typed but not yet checked against each other. Used
/// by one thread.
///
/// What is found wrong is kept and refuses the record when it is made, so that the fields after it
/// are still read: only then is known whether the record's type takes that field at all.
final class RecordFields {

  private static final int LONGEST_NAME_SHOWN = 40;

  private final Map<RecordField, Object> values = new EnumMap<>(RecordField.class);

  /// In the order they were found; of most records nothing is wrong.
  private Map<RecordField, CaptureRefusal> refusals = Map.of();

  private @Nullable CaptureRefusal refusal;
  private @Nullable String unknownField;

  void set(RecordField field, Object value) {
    values.put(field, value);
  }

  /// Something is wrong with the record as a whole.
  void refuse(CaptureRefusal found) {
    if (refusal == null) {
      refusal = found;
    }
  }

  /// Something is wrong with that field.
  void refuse(RecordField field, CaptureRefusal found) {
    if (refusals.isEmpty()) {
      refusals = new LinkedHashMap<>();
    }
    refusals.putIfAbsent(field, found);
  }

  void noteUnknown(String name) {
    if (unknownField == null) {
      unknownField =
          name.codePointCount(0, name.length()) > LONGEST_NAME_SHOWN
              ? name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME_SHOWN)) + "…"
              : name;
    }
  }

  /// Leaves out the fields that are not among these, right or wrong.
  void keepOnly(Set<RecordField> known) {
    if (!refusals.isEmpty()) {
      refusals.keySet().removeIf(field -> isLeftOut(field, known));
    }
    values.keySet().removeIf(field -> isLeftOut(field, known));
  }

  private boolean isLeftOut(RecordField field, Set<RecordField> known) {
    if (known.contains(field)) {
      return false;
    }
    noteUnknown(field.fieldName());
    return true;
  }

  /// @throws CaptureRefusal the first thing found wrong while reading
  void throwRefusal() throws CaptureRefusal {
    if (refusal != null) {
      throw refusal;
    }
    for (CaptureRefusal found : refusals.values()) {
      throw found;
    }
  }

  @Nullable String warning() {
    return unknownField == null
        ? null
        : "field \"%s\" is not known for records of this type and was left out"
            .formatted(unknownField);
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
    return ((Number) value).doubleValue();
  }

  @Nullable Boolean flag(RecordField field) {
    return (Boolean) values.get(field);
  }

  @Nullable Instant instant(RecordField field) throws CaptureRefusal {
    String value = text(field);
    return value == null ? null : Timestamps.parse(field.fieldName(), value);
  }
}
