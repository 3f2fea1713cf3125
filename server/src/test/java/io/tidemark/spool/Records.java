package io.tidemark.spool;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.Person;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.UserEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Records to spool in tests.
final class Records {

  static final Instant AT = Instant.parse("2026-07-15T12:00:00.123456Z");

  private Records() {}

  /// An event with that id; its page is the id.
  static CapturedRecord event(String id) {
    return new UserEvent(
        new FactOrigin(AT, RecordIdentity.of(id, AT), Person.user("u"), "s", null), "test", id);
  }

  static CapturedRecord withoutId(String page) {
    return new UserEvent(new FactOrigin(AT, null, null, null, null), "test", page);
  }

  static List<CapturedRecord> events(int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> event("e-" + number)).toList();
  }

  static String page(CapturedRecord captured) {
    return captured instanceof UserEvent event ? String.valueOf(event.page()) : "";
  }

  static byte[] payload(String id) {
    return RecordCodec.encode(event(id));
  }
}
