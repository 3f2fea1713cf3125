package io.tidemark.bench.questions;

import io.tidemark.bench.rows.TimedRow;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// A whole request of `POST /api/v1/batch`.
final class BatchRequest {

  /// Asks for nothing.
  static final BatchRequest NONE = new BatchRequest(new byte[0], 0);

  private static final int BYTES_PER_RECORD = 300;

  private final byte[] bytes;
  private final int records;

  private BatchRequest(byte[] bytes, int records) {
    this.bytes = bytes;
    this.records = records;
  }

  byte[] bytes() {
    return bytes;
  }

  /// How many are in it.
  int records() {
    return records;
  }

  static BatchRequest ofRows(URI server, String key, List<TimedRow> rows) {
    StringBuilder body = new StringBuilder(rows.size() * BYTES_PER_RECORD).append('[');
    for (TimedRow row : rows) {
      row.appendJson(body.length() == 1 ? body : body.append(','));
    }
    return of(server, key, body, rows.size());
  }

  /// Who they are, and their subscriptions.
  static BatchRequest ofPeople(URI server, String key, List<SamplePerson> people, Instant at) {
    StringBuilder body = new StringBuilder(people.size() * BYTES_PER_RECORD).append('[');
    int records = 0;
    for (SamplePerson person : people) {
      body.append(records++ == 0 ? "" : ",")
          .append(
              "{\"type\":\"user\",\"timestamp\":\"%s\",\"user_id\":\"%s\",\"subscription_tier\":\"%s\"}"
                  .formatted(at, person.userId(), person.tier()));
      if (person.hasSubscription()) {
        records++;
        body.append(
            ",{\"type\":\"subscription\",\"timestamp\":\"%s\",\"id\":\"%s\",\"user_id\":\"%s\",\"tier\":\"%s\",\"price\":%d,\"currency\":\"CNY\",\"status\":\"%s\"}"
                .formatted(
                    at,
                    person.subscriptionId(),
                    person.userId(),
                    person.tier(),
                    person.price(),
                    person.subscriptionStatus()));
      }
    }
    return of(server, key, body, records);
  }

  private static BatchRequest of(URI server, String key, StringBuilder body, int records) {
    byte[] text = body.append(']').toString().getBytes(StandardCharsets.UTF_8);
    byte[] head =
        "POST /api/v1/batch HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(server.getHost(), server.getPort(), key, text.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + text.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(text, 0, request, head.length, text.length);
    return new BatchRequest(request, records);
  }
}
