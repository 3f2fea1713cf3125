package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.SubscriptionOracle;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Person;
import io.tidemark.record.SubscriptionState;
import io.tidemark.testing.MigratedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When subscriptions run, by what is said of them, in whatever order it arrives.
class SubscriptionPeriodIT {

  private static final Path GUIDE = Path.of("..", "docs", "guide", "sending.md");
  private static final Instant T1 = Facts.AT.plusSeconds(100);
  private static final Instant T2 = Facts.AT.plusSeconds(200);

  private static MigratedDatabase database;
  private static Ingest ingest;
  private static Ingest other;
  private static int subscriptions;

  private record Said(Instant at, @Nullable String status) {}

  private record Period(Instant starts, @Nullable Instant ends) {}

  @BeforeAll
  static void open() {
    database = MigratedDatabase.open();
    ingest = new Ingest(database);
    other = new Ingest(database);
  }

  @AfterAll
  static void close() {
    ingest.close();
    other.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACTIVE",
        "trialing",
        "Trialing",
        "PAST_DUE",
        "past due",
        "Past-Due",
        "unpaid",
        "PAUSED",
        "in_trial",
        "non_renewing",
        "suspended",
        "in_grace_period",
        "in billing retry",
        "SUBSCRIPTION_STATE_ACTIVE",
        "SUBSCRIPTION_STATE_ON_HOLD",
        "SUBSCRIPTION_STATE_PAUSED",
        "SUBSCRIPTION_STATE_IN_GRACE_PERIOD",
        "SUBSCRIPTION_STATE_CANCELED",
        "1",
        "3",
        "4",
        "whatever",
        "incomplete",
        "future",
        "pending",
        "unknown",
        "SUBSCRIPTION_STATE_PENDING",
        "",
        "  "
      })
  void status_thatDoesNotEnd_letsItRun(String status) {
    assertThat(period(new Said(T1, "active"), new Said(T2, status)))
        .isEqualTo(new Period(T1, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CANCELED", "canceled", "Cancelled", " CANCELLED ", "expired", "EXPIRED\n",
            "incomplete_expired",
        "Incomplete Expired", "incomplete-expired", "transferred", "deleted", "revoked", "refunded",
            "ended",
        "terminated", "inactive", "2", "5", "SUBSCRIPTION_STATE_EXPIRED",
            "SUBSCRIPTION_STATE_PENDING_PURCHASE_CANCELED"
      })
  void status_thatEnds_endsItWhenThatWasSaid(String status) {
    assertThat(period(new Said(T1, "active"), new Said(T2, status))).isEqualTo(new Period(T1, T2));
  }

  /// What is not said, or says nothing, does not let it run again.
  @ParameterizedTest
  @CsvSource({"'',true", "unknown,true", "pending,true", ",true", "active,false", "past_due,false"})
  void status_afterAnEnd_keepsItOrLetsItRunAgain(@Nullable String status, boolean isEnded) {
    assertThat(period(new Said(T1, "canceled"), new Said(T2, status)).ends())
        .isEqualTo(isEnded ? T1 : null);
  }

  /// Four kinds of news at up to four instants, in all orders of arrival, in one batch or in many,
  /// some of them twice.
  @Test
  void records_inAnyOrderOfArrival_sayTheSame() {
    Random random = new Random(7);
    String[] statuses = {"CANCELED", "EXPIRED", "ACTIVE", null};
    for (int round = 0; round < 10; round++) {
      List<Said> said =
          IntStream.range(0, 4)
              .mapToObj(i -> new Said(Facts.AT.plusSeconds(i), statuses[random.nextInt(4)]))
              .toList();
      SubscriptionOracle oracle = new SubscriptionOracle(state("", said.getFirst()));
      said.subList(1, 4).forEach(each -> oracle.say(state("", each)));
      Instant ends = oracle.ends().equals(Instant.MAX) ? null : oracle.ends();
      Period expected = new Period(Facts.AT, ends);

      for (List<Said> order : permutations(said)) {
        List<Said> arriving = new ArrayList<>(order);
        arriving.add(random.nextInt(4), order.get(random.nextInt(4)));

        assertThat(periods(arriving, random)).as("%s", arriving).containsOnly(expected);
      }
    }
  }

  /// More ends than are kept, and one late record among them that lets it run.
  @Test
  void ends_moreThanAreKept_keepTheFirstAndTheLast() {
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      said.add(new Said(Facts.AT.plusSeconds(i), "expired"));
    }
    Collections.shuffle(said, new Random(3));
    assertThat(period(said.toArray(Said[]::new)).ends()).isEqualTo(Facts.AT);

    said.add(new Said(Facts.AT.plusSeconds(7).plusMillis(1), "active"));
    assertThat(period(said.toArray(Said[]::new)).ends()).isEqualTo(Facts.AT.plusSeconds(8));
    said.add(new Said(Facts.AT.plusSeconds(48), "active"));
    assertThat(period(said.toArray(Said[]::new)).ends()).isEqualTo(Facts.AT.plusSeconds(49));
  }

  /// Two records of one request that say no time have the same one.
  @Test
  void records_atTheSameInstant_theLastHolds() {
    assertThat(period(new Said(T1, "active"), new Said(T1, "canceled")).ends()).isEqualTo(T1);
    assertThat(period(new Said(T1, "canceled"), new Said(T1, "active")).ends()).isNull();
  }

  @Test
  void endedAt_given_winsOverEveryStatus() {
    Instant later = Facts.AT.plusSeconds(86_400);
    SubscriptionState said =
        new SubscriptionState(
            T1, "given", Person.user("u"), null, null, null, "canceled", T1, later);

    ingest.committed(List.of(said, state("given", new Said(T2, "active"))));

    assertThat(read("given")).isEqualTo(new Period(T1, later));
  }

  @Test
  void startedAt_notGiven_itRunsSinceItWasFirstDescribedOrUntilAnEarlierEnd() {
    Instant before = Facts.AT.minusSeconds(86_400);
    SubscriptionState over =
        new SubscriptionState(T1, "over", Person.user("u"), null, null, null, null, null, before);

    ingest.committed(List.of(over));

    assertThat(period(new Said(T2, null), new Said(T1, "paused"))).isEqualTo(new Period(T1, null));
    assertThat(read("over")).isEqualTo(new Period(before, before));
  }

  /// Each time is that of the newest record that says it, in whatever order they arrive.
  @Test
  void times_inAnyOrderOfArrival_areThoseSaidLast() {
    Instant first = Facts.AT.minusSeconds(900);
    Instant second = Facts.AT.minusSeconds(600);
    Instant end = Facts.AT.plusSeconds(900);
    List<SubscriptionState> said =
        List.of(
            dated(0, first, null),
            dated(1, second, end.plusSeconds(1)),
            dated(2, null, end),
            dated(3, null, null));

    int round = 0;
    for (List<SubscriptionState> order : permutations(said)) {
      String id = "dated-" + round++;
      order.forEach(
          each -> (each.startedAt() == null ? ingest : other).committed(List.of(of(id, each))));

      assertThat(read(id)).as("%s", order).isEqualTo(new Period(second, end));
    }
  }

  private static SubscriptionState dated(
      int second, @Nullable Instant startedAt, @Nullable Instant endedAt) {
    return new SubscriptionState(
        Facts.AT.plusSeconds(second),
        "",
        Person.user("u"),
        null,
        null,
        null,
        second == 2 ? "expired" : "active",
        startedAt,
        endedAt);
  }

  private static SubscriptionState of(String id, SubscriptionState said) {
    return new SubscriptionState(
        said.at(),
        id,
        said.person(),
        null,
        null,
        null,
        said.status(),
        said.startedAt(),
        said.endedAt());
  }

  /// The guide and the database have the same words.
  @Test
  void guide_tableOfStatuses_isWhatTheDatabaseKnows() throws Exception {
    Map<String, String> inGuide = new TreeMap<>();
    for (String line : Files.readAllLines(GUIDE)) {
      Matcher row = Pattern.compile("\\| (runs|ends|says nothing) \\|(.*)\\|").matcher(line);
      if (row.matches()) {
        Pattern.compile("`(.+?)`")
            .matcher(row.group(2))
            .results()
            .forEach(word -> inGuide.put(word.group(1), row.group(1).replace(' ', '_')));
      }
    }
    Map<String, String> known = new TreeMap<>();
    database
        .jdbc()
        .sql("SELECT status, meaning FROM subscription_status")
        .query(row -> {
          known.put(row.getString(1), row.getString(2));
        });

    assertThat(inGuide).isEqualTo(known);
  }

  private static <T> List<List<T>> permutations(List<T> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> all = new ArrayList<>();
    for (int first = 0; first < of.size(); first++) {
      List<T> rest = new ArrayList<>(of);
      T head = rest.remove(first);
      for (List<T> tail : permutations(rest)) {
        List<T> whole = new ArrayList<>(List.of(head));
        whole.addAll(tail);
        all.add(whole);
      }
    }
    return all;
  }

  /// In one batch, and one by one by two servers.
  private static List<Period> periods(List<Said> said, Random random) {
    String each = "each-" + subscriptions++;
    said.forEach(
        state -> (random.nextBoolean() ? ingest : other).committed(List.of(state(each, state))));
    return List.of(period(said.toArray(Said[]::new)), read(each));
  }

  private static Period period(Said... said) {
    String id = "batch-" + subscriptions++;
    List<CapturedRecord> records = new ArrayList<>();
    for (Said each : said) {
      records.add(state(id, each));
    }
    ingest.committed(records);
    return read(id);
  }

  private static SubscriptionState state(String id, Said said) {
    return new SubscriptionState(
        said.at(), id, Person.user("u"), null, null, null, said.status(), null, null);
  }

  private static Period read(String id) {
    return database
        .jdbc()
        .sql(
            "SELECT starts_at, nullif(ends_at, 'infinity') FROM subscription_period WHERE subscription_id = ?")
        .param(id)
        .query((row, number) -> {
          OffsetDateTime ends = row.getObject(2, OffsetDateTime.class);
          return new Period(
              row.getObject(1, OffsetDateTime.class).toInstant(),
              ends == null ? null : ends.toInstant());
        })
        .single();
  }
}
