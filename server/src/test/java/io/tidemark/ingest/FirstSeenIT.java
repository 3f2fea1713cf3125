package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.SubscriptionState;
import io.tidemark.record.UserEvent;
import io.tidemark.testing.MigratedDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Since when people have been seen: since their earliest record, whenever and wherever it arrives.
class FirstSeenIT {

  private static final int PEOPLE = 60;

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Ingest ingest = new Ingest(database);

  @AfterEach
  void close() {
    ingest.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void store_anyRecordsInAnyOrderByTwoServers_isTheEarliest(long seed) throws Exception {
    Random random = new Random(seed);
    List<CapturedRecord> records = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      records.add(randomRecord(random, i));
    }
    Collections.shuffle(records, random);

    try (Ingest other = new Ingest(database)) {
      List<Callable<IngestOutcome>> calls = new ArrayList<>();
      for (int first = 0; first < records.size(); first += 50) {
        List<CapturedRecord> batch = records.subList(first, first + 50);
        calls.add(() -> ingest.store(batch));
        if (random.nextInt(4) == 0) {
          calls.add(() -> other.store(batch.reversed()));
        }
      }
      Collections.shuffle(calls, random);
      storeAll(calls);
    }

    assertThat(firstSeen()).isEqualTo(earliest(records));
  }

  /// What the server that starts remembers of people it has to find out first.
  @Test
  void store_earlierRecordsAfterAStart_areTheEarliest() {
    ingest.committed(List.of(Facts.by("now", Person.anonymous("a"))));

    try (Ingest fresh = new Ingest(database)) {
      fresh.committed(List.of(call(Person.anonymous("a"), Facts.AT.minusSeconds(7))));
      fresh.committed(List.of(call(Person.anonymous("a"), Facts.AT.minusSeconds(3))));
    }
    ingest.committed(List.of(call(Person.anonymous("a"), Facts.AT.minusSeconds(5))));

    assertThat(firstSeen()).isEqualTo(Map.of(Person.anonymous("a"), Facts.AT.minusSeconds(7)));
  }

  /// Both statements of a transaction lock rows of people. What is said last by event time holds.
  @Test
  void store_historyAndDescriptionsBackwardsByTwoServers_isTheEarliestAndTheLatest()
      throws Exception {
    List<CapturedRecord> all = new ArrayList<>();
    List<Callable<IngestOutcome>> calls = new ArrayList<>();
    try (Ingest other = new Ingest(database)) {
      for (int call = 0; call < 60; call++) {
        List<CapturedRecord> records = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          Person person = Person.user("user-" + Math.floorMod(call % 3 == 0 ? i : -i, 40));
          Instant at = Facts.AT.minus(call * 40L + i, ChronoUnit.MINUTES);
          records.add(
              (i + call) % 2 == 0
                  ? call(person, at)
                  : new PersonDescription(at, null, person, at.toString(), null));
        }
        all.addAll(records);
        calls.add(call % 2 == 0 ? () -> ingest.store(records) : () -> other.store(records));
      }
      storeAll(calls);
    }

    assertThat(firstSeen()).isEqualTo(earliest(all));
    Map<Person, Instant> latest = new HashMap<>();
    all.stream()
        .filter(PersonDescription.class::isInstance)
        .map(PersonDescription.class::cast)
        .forEach(each ->
            latest.merge(each.person(), each.at(), (one, two) -> one.isAfter(two) ? one : two));
    Map<Person, Instant> told = new HashMap<>();
    database
        .jdbc()
        .sql("SELECT user_id, subscription_tier FROM app_user WHERE subscription_tier IS NOT NULL")
        .query(row -> {
          told.put(Person.user(row.getString(1)), Instant.parse(row.getString(2)));
        });
    assertThat(told).isEqualTo(latest);
  }

  @Test
  void store_recordsAsTheyHappen_writesPeopleOnce() {
    ingest.committed(
        List.of(
            Facts.event("b", Facts.AT.plusSeconds(1)),
            Facts.event("b", Facts.AT),
            Facts.event("b", Facts.AT.plusSeconds(2))));
    String written = version();

    ingest.committed(List.of(Facts.event("b", Facts.AT.plusSeconds(3))));

    assertThat(version()).isEqualTo(written);
    assertThat(firstSeen()).containsValue(Facts.AT);
  }

  @Test
  void store_duplicateOfAnotherTime_changesNothing() {
    Person person = Person.user("twice");
    RecordIdentity identity = RecordIdentity.of("twice", null);
    ingest.committed(List.of(event(person, Facts.AT, identity)));

    ingest.committed(List.of(event(person, Facts.AT.minusSeconds(60), identity)));

    assertThat(firstSeen()).isEqualTo(Map.of(person, Facts.AT));
  }

  private String version() {
    return database.jdbc().sql("SELECT ctid::text FROM app_user").query(String.class).single();
  }

  private static CapturedRecord randomRecord(Random random, int number) {
    String name = "person-" + random.nextInt(PEOPLE);
    Person person = random.nextBoolean() ? Person.user(name) : Person.anonymous(name);
    Instant at = Facts.AT.minus((long) (random.nextDouble() * 40 * 86_400e6), ChronoUnit.MICROS);
    FactOrigin origin =
        new FactOrigin(at, RecordIdentity.of("r-" + number, at), person, null, null);
    return switch (random.nextInt(6)) {
      case 0 -> new UserEvent(origin, "seen", null);
      case 1 -> new FunnelStep(origin, "seen", null);
      case 2 -> new MetricSample(origin, "seen", 1, null, null);
      case 3 -> new ApiCall(origin, "/seen", "GET", 200, 1.0, null);
      case 4 -> new PersonDescription(at, origin.identity(), person, "pro", null);
      default ->
          new SubscriptionState(at, "s-" + number % 99, person, null, null, null, null, null, null);
    };
  }

  private static CapturedRecord call(Person person, Instant at) {
    return new ApiCall(
        new FactOrigin(at, null, person, null, null), "/seen", "GET", 200, 1.0, null);
  }

  private static CapturedRecord event(Person person, Instant at, RecordIdentity identity) {
    return new UserEvent(new FactOrigin(at, identity, person, null, null), "seen", null);
  }

  private static Map<Person, Instant> earliest(Collection<CapturedRecord> records) {
    Map<Person, Instant> earliest = new HashMap<>();
    records.stream()
        .sorted(Comparator.comparing(CapturedRecord::at))
        .forEach(each -> {
          Person person = each.person();
          if (person != null) {
            earliest.putIfAbsent(person, each.at());
          }
        });
    return earliest;
  }

  private Map<Person, Instant> firstSeen() {
    Map<Person, Instant> seen = new HashMap<>();
    database
        .jdbc()
        .sql(
            "SELECT user_id IS NOT NULL, coalesce(user_id, anonymous_id), first_seen_at FROM app_user")
        .query(row -> {
          seen.put(
              new Person(row.getBoolean(1), row.getString(2)),
              row.getObject(3, OffsetDateTime.class).toInstant());
        });
    return seen;
  }

  private static void storeAll(List<Callable<IngestOutcome>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<IngestOutcome> outcome : threads.invokeAll(calls)) {
        assertThat(outcome.get()).isInstanceOf(IngestOutcome.Committed.class);
      }
    }
  }
}
