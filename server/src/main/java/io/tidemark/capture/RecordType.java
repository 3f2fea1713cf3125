package io.tidemark.capture;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The types of native records, by the fields that each takes.
enum RecordType {
  USER_EVENT(RecordField.EVENT_TYPE, RecordField.PAGE, RecordField.PROPERTIES),
  CONVERSION_FUNNEL(RecordField.STEP, RecordField.EFFECT_ID, RecordField.PROPERTIES),
  PERFORMANCE_METRIC(
      RecordField.METRIC,
      RecordField.VALUE,
      RecordField.UNIT,
      RecordField.PAGE,
      RecordField.PROPERTIES),
  API_RESPONSE_TIME(
      RecordField.ENDPOINT,
      RecordField.METHOD,
      RecordField.STATUS_CODE,
      RecordField.RESPONSE_TIME_MS,
      RecordField.CACHE_HIT,
      RecordField.PROPERTIES),
  USER(RecordField.SUBSCRIPTION_TIER, RecordField.TRAITS),
  SUBSCRIPTION(
      RecordField.TIER,
      RecordField.PRICE,
      RecordField.CURRENCY,
      RecordField.STATUS,
      RecordField.STARTED_AT,
      RecordField.ENDED_AT);

  private static final Map<String, RecordType> BY_NAME = new HashMap<>();

  static {
    for (RecordType type : values()) {
      BY_NAME.put(type.typeName(), type);
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // it is unmodifiable
  private final Set<RecordField> fields;

  RecordType(RecordField... own) {
    Set<RecordField> all =
        EnumSet.of(
            RecordField.TYPE,
            RecordField.ID,
            RecordField.TIMESTAMP,
            RecordField.USER_ID,
            RecordField.ANONYMOUS_ID,
            RecordField.SESSION_ID);
    Collections.addAll(all, own);
    this.fields = Collections.unmodifiableSet(all);
  }

  static @Nullable RecordType named(String name) {
    return BY_NAME.get(name);
  }

  /// As it is sent.
  String typeName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The fields it takes, those of every record among them.
  Set<RecordField> fields() {
    return fields;
  }
}
