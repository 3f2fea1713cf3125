package io.tidemark.capture;

import io.tidemark.platform.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads the body of `POST /api/v1/batch`: an object with `records` and `sent_at`, a bare array, or
/// one record a line. Thread-safe.
final class NativeBatchParser {

  static final int MOST_RECORDS = 10_000;

  /// Bounds that end the whole body are as wide as the body: what is too large in one record must
  /// not cost its neighbours. Nor must a `NaN`, which is no JSON and which many a program writes.
  /// UTF-8 alone: parsers of other encodings know no positions in bytes.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NativeRecordReader.LARGEST_RECORD_BYTES)
                  .maxNumberLength(BodyReader.LARGEST_INFLATED_BYTES)
                  .maxNameLength(BodyReader.LARGEST_INFLATED_BYTES)
                  .maxStringLength(BodyReader.LARGEST_INFLATED_BYTES)
                  .build())
          .build();

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /// The fields of every record, and the client's clock.
  ///
  /// @param sentAt null when not said
  record Parsed(List<RecordFields> records, @Nullable Instant sentAt) {}

  /// @throws ProblemException 400 if the body is not JSON of such a form, 413 if it holds too many
  ///   records
  Parsed parseJson(byte[] sent) {
    byte[] body = withoutMark(sent);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      List<RecordFields> records = new ArrayList<>();
      JsonToken first = parser.nextToken();
      Instant sentAt = null;
      if (first == JsonToken.START_ARRAY) {
        readArray(body, parser, records);
      } else if (first == JsonToken.START_OBJECT) {
        sentAt = readEnvelope(body, parser, records);
      } else {
        throw malformed("expected an object with records, or an array of records");
      }
      if (parser.nextToken() != null) {
        throw malformed(
            "something follows the first JSON value; for one record a line send Content-Type: application/x-ndjson");
      }
      return checked(new Parsed(records, sentAt));
    } catch (JacksonException e) {
      throw malformed(position(e));
    }
  }

  /// One record a line; a line that is not JSON is refused alone.
  ///
  /// @throws ProblemException 400 if there is no record, 413 if there are too many
  Parsed parseLines(byte[] sent) {
    byte[] body = withoutMark(sent);
    List<RecordFields> records = new ArrayList<>();
    int start = 0;
    while (start < body.length) {
      int end = start;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      if (!isBlank(body, start, end)) {
        records.add(readLine(body, start, end - start));
        requireFew(records);
      }
      start = end + 1;
    }
    return checked(new Parsed(records, null));
  }

  private static RecordFields readLine(byte[] body, int start, int length) {
    byte[] line = Arrays.copyOfRange(body, start, start + length);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
      parser.nextToken();
      RecordFields fields = new NativeRecordReader(line, parser).read();
      if (parser.nextToken() != null) {
        fields.refuse(
            new CaptureRefusal("malformed_json", "the line holds more than one JSON value"));
      }
      return fields;
    } catch (JacksonException e) {
      RecordFields fields = new RecordFields();
      fields.refuse(new CaptureRefusal("malformed_json", "the line is not JSON: " + position(e)));
      return fields;
    }
  }

  private static @Nullable Instant readEnvelope(
      byte[] body, JsonParser parser, List<RecordFields> records) {
    Instant sentAt = null;
    boolean hasRecords = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("records") && value == JsonToken.START_ARRAY) {
        hasRecords = true;
        readArray(body, parser, records);
      } else if (name.equals("records")) {
        throw ProblemException.invalidField("records", "records must be an array of objects");
      } else if (name.equals("sent_at") && value != JsonToken.VALUE_NULL) {
        sentAt = readSentAt(parser, value);
      } else {
        parser.skipChildren();
      }
    }
    if (!hasRecords) {
      throw ProblemException.invalidField(
          "records", "records is required: an array of objects, each with a type");
    }
    return sentAt;
  }

  private static Instant readSentAt(JsonParser parser, JsonToken value) {
    try {
      if (value != JsonToken.VALUE_STRING) {
        throw CaptureRefusal.invalid("sent_at", "a string");
      }
      return Timestamps.parse("sent_at", parser.getString());
    } catch (CaptureRefusal refusal) {
      throw ProblemException.invalidField("sent_at", refusal.outcome().detail());
    }
  }

  private static void readArray(byte[] body, JsonParser parser, List<RecordFields> records) {
    NativeRecordReader reader = new NativeRecordReader(body, parser);
    try {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        records.add(reader.read());
        requireFew(records);
      }
    } catch (JacksonException e) {
      throw malformed(
          "%s, in the record with index %d; nothing was stored. Of records sent as lines (application/x-ndjson) such a one is refused alone"
              .formatted(position(e), records.size()));
    }
  }

  private static void requireFew(List<RecordFields> records) {
    if (records.size() > MOST_RECORDS) {
      throw ProblemException.of(
          HttpStatus.CONTENT_TOO_LARGE,
          "too_many_records",
          "A request may hold at most %,d records; send them in several".formatted(MOST_RECORDS));
    }
  }

  private static Parsed checked(Parsed parsed) {
    if (parsed.records().isEmpty()) {
      throw ProblemException.of(
          HttpStatus.BAD_REQUEST, "no_records", "The request holds no records");
    }
    return parsed;
  }

  /// Some clients send a byte order mark. Positions count from the first byte that is parsed, so it
  /// is cut off rather than skipped.
  private static byte[] withoutMark(byte[] body) {
    int length = BYTE_ORDER_MARK.length;
    boolean isMarked =
        body.length >= length && Arrays.equals(body, 0, length, BYTE_ORDER_MARK, 0, length);
    return isMarked ? Arrays.copyOfRange(body, length, body.length) : body;
  }

  private static boolean isBlank(byte[] body, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private static ProblemException malformed(String detail) {
    return ProblemException.of(
        HttpStatus.BAD_REQUEST, "malformed_json", "The body is not JSON as expected: " + detail);
  }

  /// Where, never what: the parser's own message quotes the content.
  private static String position(JacksonException e) {
    return e.getLocation() == null
        ? "it ends too early"
        : "error at line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }
}
