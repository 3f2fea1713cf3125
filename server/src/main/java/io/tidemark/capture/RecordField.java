package io.tidemark.capture;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of the native records, and what kind of value each takes.
enum RecordField {
  TYPE(Kind.TEXT, 40),
  ID(Kind.TEXT, 200),
  TIMESTAMP(Kind.TEXT, 64),
  USER_ID(Kind.TEXT, 200),
  ANONYMOUS_ID(Kind.TEXT, 200),
  SESSION_ID(Kind.TEXT, 200),
  EVENT_TYPE(Kind.TEXT, 200),
  PAGE(Kind.TEXT, 2_000),
  STEP(Kind.TEXT, 200),
  EFFECT_ID(Kind.TEXT, 200),
  METRIC(Kind.TEXT, 200),
  UNIT(Kind.TEXT, 40),
  ENDPOINT(Kind.TEXT, 500),
  METHOD(Kind.TEXT, 20),
  SUBSCRIPTION_TIER(Kind.TEXT, 100),
  TIER(Kind.TEXT, 100),
  CURRENCY(Kind.TEXT, 10),
  STATUS(Kind.TEXT, 60),
  STARTED_AT(Kind.TEXT, 64),
  ENDED_AT(Kind.TEXT, 64),
  VALUE(Kind.NUMBER, 0),
  STATUS_CODE(Kind.NUMBER, 0),
  RESPONSE_TIME_MS(Kind.NUMBER, 0),
  PRICE(Kind.NUMBER, 0),
  CACHE_HIT(Kind.BOOLEAN, 0),
  PROPERTIES(Kind.OBJECT, 0),
  TRAITS(Kind.OBJECT, 0);

  enum Kind {
    TEXT("a string"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    OBJECT("an object");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private static final Map<String, RecordField> BY_NAME = new HashMap<>();

  static {
    for (RecordField field : values()) {
      BY_NAME.put(field.fieldName(), field);
    }
  }

  private final Kind kind;
  private final int longest;
  private final String fieldName;

  RecordField(Kind kind, int longest) {
    this.kind = kind;
    this.longest = longest;
    this.fieldName = name().toLowerCase(Locale.ROOT);
  }

  static @Nullable RecordField named(String name) {
    return BY_NAME.get(name);
  }

  String fieldName() {
    return fieldName;
  }

  Kind kind() {
    return kind;
  }

  /// Most characters that a text may have.
  int longest() {
    return longest;
  }
}
