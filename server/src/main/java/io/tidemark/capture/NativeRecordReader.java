package io.tidemark.capture;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the fields of one native record from a JSON parser. What is wrong with a record never
/// stops the parser, so that the records after it are read. Objects are taken over as the bytes
/// they were sent as, once everything in them is known to be something that PostgreSQL takes.
final class NativeRecordReader {

  static final int LARGEST_RECORD_BYTES = 32 * 1024;
  private static final int DEEPEST_PROPERTIES = 16;
  private static final int LONGEST_NUMBER = 1_000;

  /// A sign and three digits.
  private static final int LONGEST_EXPONENT = 4;

  /// Sums of sizes up to this stay finite: a sum beyond the range of `double precision` is an error
  /// in PostgreSQL, and the rollups would stand still.
  private static final double LARGEST_NUMBER = 1e30;

  private final byte[] body;
  private final JsonParser parser;

  NativeRecordReader(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  /// Reads the value that the parser stands at; afterwards it stands at its end.
  RecordFields read() {
    RecordFields fields = new RecordFields();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      fields.refuse(new CaptureRefusal("not_an_object", "a record must be a JSON object"));
      parser.skipChildren();
      return fields;
    }
    long start = parser.currentTokenLocation().getByteOffset();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      RecordField field = RecordField.named(name);
      JsonToken value = parser.nextToken();
      if (field == null) {
        fields.noteUnknown(name);
        parser.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        readValue(field, value, fields);
      }
    }
    if (parser.currentTokenLocation().getByteOffset() - start >= LARGEST_RECORD_BYTES) {
      fields.refuse(
          new CaptureRefusal("record_too_large", "a record must not be larger than 32 KB of JSON"));
    }
    return fields;
  }

  private void readValue(RecordField field, JsonToken token, RecordFields fields) {
    switch (field.kind()) {
      case TEXT -> {
        if (token == JsonToken.VALUE_STRING) {
          readText(field, fields);
          return;
        }
      }
      case NUMBER -> {
        if (token.isNumeric()) {
          readNumber(field, fields);
          return;
        }
      }
      case BOOLEAN -> {
        if (token.isBoolean()) {
          fields.set(field, parser.getBooleanValue());
          return;
        }
      }
      case OBJECT -> {
        if (token == JsonToken.START_OBJECT) {
          readObject(field, fields);
          return;
        }
      }
    }
    parser.skipChildren();
    fields.refuse(field, CaptureRefusal.invalid(field.fieldName(), field.kind().toString()));
  }

  private void readText(RecordField field, RecordFields fields) {
    String text = parser.getString();
    if (isLongerThan(field.longest(), text)) {
      fields.refuse(
          field,
          CaptureRefusal.invalid(
              field.fieldName(), "at most %,d characters long".formatted(field.longest())));
    } else if (!isStorable(text)) {
      fields.refuse(field, unstorable(field));
    } else {
      fields.set(field, text);
    }
  }

  private void readNumber(RecordField field, RecordFields fields) {
    if (!isStorableNumber() || Math.abs(parser.getDoubleValue()) > LARGEST_NUMBER) {
      fields.refuse(
          field, CaptureRefusal.invalid(field.fieldName(), "a number from -1e30 to 1e30"));
    } else if (field == RecordField.PRICE) {
      BigDecimal price = parser.getDecimalValue();
      fields.set(field, price);
    } else {
      fields.set(field, parser.getDoubleValue());
    }
  }

  private void readObject(RecordField field, RecordFields fields) {
    long start = parser.currentTokenLocation().getByteOffset();
    int depth = 1;
    int deepest = 1;
    boolean isStorable = true;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        deepest = Math.max(deepest, ++depth);
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING) {
        isStorable &= isStorable(parser.getString());
      } else if (token.isNumeric()) {
        isStorable &= isStorableNumber();
      }
    }
    long end = parser.currentTokenLocation().getByteOffset() + 1;
    if (!isStorable) {
      fields.refuse(field, unstorable(field));
    } else if (deepest > DEEPEST_PROPERTIES) {
      fields.refuse(
          field,
          CaptureRefusal.invalid(
              field.fieldName(), "nested at most %d levels deep".formatted(DEEPEST_PROPERTIES)));
    } else if (end - start > LARGEST_RECORD_BYTES) {
      fields.refuse(field, CaptureRefusal.invalid(field.fieldName(), "at most 32 KB large"));
    } else {
      fields.set(field, new String(body, (int) start, (int) (end - start), StandardCharsets.UTF_8));
    }
  }

  private static CaptureRefusal unstorable(RecordField field) {
    return new CaptureRefusal(
        "invalid_text",
        field.fieldName()
            + " must not hold the character U+0000, half of a surrogate pair or a number beyond 1e308, of more than 1,000 characters or not finite: PostgreSQL cannot keep them");
  }

  private static boolean isLongerThan(int longest, String text) {
    return text.length() > longest && text.codePointCount(0, text.length()) > longest;
  }

  /// Whether PostgreSQL takes the number that the parser stands at as `numeric`, whose fractions
  /// end after 16,383 digits.
  private boolean isStorableNumber() {
    if (parser.getStringLength() > LONGEST_NUMBER) {
      return false;
    }
    String digits = parser.getString();
    int exponent = Math.max(digits.indexOf('e'), digits.indexOf('E')) + 1;
    boolean isExponentShort = exponent == 0 || digits.length() - exponent <= LONGEST_EXPONENT;
    return isExponentShort && Double.isFinite(parser.getDoubleValue());
  }

  private static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
