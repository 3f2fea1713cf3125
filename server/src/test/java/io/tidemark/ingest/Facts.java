package io.tidemark.ingest;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.Person;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.UserEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Records to store in tests.
final class Facts {

  static final Instant AT = Instant.parse("2026-07-15T12:00:00Z");

  private Facts() {}

  /// An event with that id; its page is the id, so that it is found again.
  static UserEvent event(String id) {
    return event(id, AT);
  }

  static UserEvent event(String id, Instant at) {
    return event(
        id,
        at,
        RecordIdentity.of(id, at),
        Person.user("u-" + Math.floorMod(id.hashCode(), 7)),
        null);
  }

  /// What the sender's clock said is not what it was.
  static UserEvent sentAt(String id, Instant sentAt) {
    return event(id, AT, RecordIdentity.of(id, sentAt), null, null);
  }

  static UserEvent untimed(String id) {
    return event(id, AT, RecordIdentity.of(id, null), null, null);
  }

  static UserEvent withoutId(String page) {
    return event(page, AT, null, null, null);
  }

  static UserEvent withProperties(String id, String properties) {
    return event(id, AT, RecordIdentity.of(id, AT), null, properties);
  }

  static UserEvent by(String id, Person person) {
    return event(id, AT, RecordIdentity.of(id, AT), person, null);
  }

  static UserEvent ofType(String id, String eventType) {
    return new UserEvent(
        new FactOrigin(AT, RecordIdentity.of(id, AT), null, null, null), eventType, id);
  }

  static List<CapturedRecord> events(String prefix, int from, int to) {
    return IntStream.range(from, to)
        .<CapturedRecord>mapToObj(i -> event(prefix + i, AT.plusSeconds(i)))
        .toList();
  }

  private static UserEvent event(
      String id,
      Instant at,
      @Nullable RecordIdentity identity,
      @Nullable Person person,
      @Nullable String properties) {
    return new UserEvent(new FactOrigin(at, identity, person, "s", properties), "test", id);
  }
}
