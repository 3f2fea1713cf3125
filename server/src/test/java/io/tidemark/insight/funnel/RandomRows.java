package io.tidemark.insight.funnel;

import io.tidemark.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Events and steps of people at few instants, some in sessions, some of nobody. The same seed
/// makes the same.
final class RandomRows {

  static final Instant START = Instant.parse("2026-02-28T22:00:00Z");
  static final Duration TICK = Duration.ofMinutes(7);

  /// @param isStep whether it is a funnel step, else an event
  record Row(
      boolean isStep,
      String name,
      int tick,
      @Nullable Long person,
      @Nullable String session,
      @Nullable String plan) {

    Instant at() {
      return START.plus(TICK.multipliedBy(tick));
    }
  }

  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final int TICKS = 40;
  private static final int SLEEPLESS = 5;

  private final Random random;

  RandomRows(long seed) {
    this.random = new Random(seed);
  }

  List<Row> next(int people) {
    List<Row> rows = new ArrayList<>();
    for (long person = 1; person <= people; person++) {
      int start = random.nextInt(TICKS);
      for (int i = random.nextInt(7); i >= 0; i--) {
        rows.add(
            new Row(
                random.nextBoolean(),
                NAMES.get(random.nextInt(NAMES.size())),
                start + random.nextInt(10),
                random.nextInt(30) == 0 ? null : person,
                random.nextBoolean() ? "session-" + random.nextInt(2) : null,
                random.nextInt(3) == 0 ? null : NAMES.get(random.nextInt(2))));
      }
    }
    for (long person = 1; person <= SLEEPLESS; person++) {
      addSleepless(rows, person);
    }
    return rows;
  }

  /// Without a pause for more than a day, and a client's session that comes back after one.
  private void addSleepless(List<Row> rows, long person) {
    int tick = random.nextInt(20);
    String returning = "session-%d".formatted(person);
    rows.add(new Row(true, "a", tick, person, returning, null));
    while (tick < 300) {
      boolean isPlain = random.nextInt(20) > 0;
      rows.add(
          new Row(
              true,
              isPlain ? "d" : NAMES.get(random.nextInt(NAMES.size())),
              tick,
              person,
              null,
              random.nextBoolean() ? "a" : null));
      tick += 1 + random.nextInt(4);
    }
    rows.add(new Row(true, "a", tick, person, returning, null));
    rows.add(new Row(true, "b", tick + 1, person, returning, "a"));
  }

  /// As they are read back, the country of half of the people told.
  static void store(MigratedDatabase database, List<Row> rows, int people) {
    database
        .jdbc()
        .sql("TRUNCATE user_event_detail, conversion_funnel_detail, app_user, fact_kind CASCADE")
        .update();
    database
        .jdbc()
        .sql(
            """
            INSERT INTO app_user (user_key, user_id, traits) OVERRIDING SYSTEM VALUE
            SELECT n, 'person ' || n, CASE WHEN n % 2 = 0 THEN jsonb_build_object('country', 'land ' || n % 6) END
              FROM generate_series(1, ?) AS n
            """)
        .param(people)
        .update();
    database
        .jdbc()
        .sql(
            """
            INSERT INTO fact_kind (fact, name)
            SELECT fact, name FROM unnest(ARRAY['user_event', 'conversion_funnel']) AS fact, unnest(ARRAY['a', 'b', 'c', 'd']) AS name
            """)
        .update();
    for (boolean isStep : new boolean[] {true, false}) {
      String table = isStep ? "conversion_funnel" : "user_event";
      List<Row> some = rows.stream().filter(row -> row.isStep() == isStep).toList();
      database
          .jdbc()
          .sql(
              """
              INSERT INTO %1$s_detail (ts, batch_id, user_key, kind_id, session_id, properties)
              SELECT at, 1, person, (SELECT kind_id FROM fact_kind WHERE fact = '%1$s' AND fact_kind.name = made.name), session,
                     CASE WHEN plan IS NOT NULL THEN jsonb_build_object('plan', plan) END
                FROM unnest(?::timestamptz[], ?::text[], ?::bigint[], ?::text[], ?::text[]) AS made (at, name, person, session, plan)
              """
                  .formatted(table))
          .param(some.stream().map(row -> row.at().toString()).toArray(String[]::new))
          .param(some.stream().map(Row::name).toArray(String[]::new))
          .param(some.stream().map(Row::person).toArray(Long[]::new))
          .param(some.stream().map(Row::session).toArray(String[]::new))
          .param(some.stream().map(Row::plan).toArray(String[]::new))
          .update();
    }
  }
}
