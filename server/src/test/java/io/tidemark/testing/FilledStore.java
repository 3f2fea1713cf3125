package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.GroupCommit;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.IngestProperties;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.QuietWatch;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Person;
import io.tidemark.rollup.RollupProperties;
import io.tidemark.rollup.RollupRebuild;
import io.tidemark.rollup.Rollups;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A store of one test, filled as a server fills it: records through group commit, then rolled up.
public final class FilledStore implements AutoCloseable {

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Partitions partitions =
      new Partitions(
          database.dataSource(), 1, InstantSource.fixed(Instant.parse("2026-11-22T00:00:00Z")));

  /// Takes the records and rolls them up.
  public FilledStore with(List<? extends CapturedRecord> records) throws SQLException {
    try (GroupCommit intake =
        new GroupCommit(
            database.dataSource(),
            QuietWatch.create(),
            partitions,
            new IngestProperties(1, 1_000, 100_000),
            new SimpleMeterRegistry())) {
      assertThat(intake.store(List.copyOf(records)))
          .isInstanceOfSatisfying(
              IngestOutcome.Committed.class, outcome -> assertThat(outcome.refused()).isEmpty());
    }
    rollups(Duration.ofDays(7)).refreshAll();
    return this;
  }

  /// Deletes rollups by the minute as a server does that keeps them for so long.
  public void forgetMinutes(Duration kept) throws SQLException {
    rollups(kept).forgetMinutes();
  }

  public MigratedDatabase database() {
    return database;
  }

  public JdbcClient jdbc() {
    return database.jdbc();
  }

  public Map<Person, Long> userKeys() {
    Map<Person, Long> keys = new HashMap<>();
    jdbc()
        .sql("SELECT user_key, user_id, anonymous_id FROM app_user")
        .query(row -> {
          String userId = row.getString(2);
          Person person = userId == null ? Person.anonymous(row.getString(3)) : Person.user(userId);
          keys.put(person, row.getLong(1));
        });
    return keys;
  }

  @Override
  public void close() {
    database.close();
  }

  private Rollups rollups(Duration minutesKept) {
    return new Rollups(
        database.dataSource(),
        partitions,
        new RollupRebuild(database.dataSource(), partitions, InstantSource.system()),
        new RollupProperties(Duration.ofSeconds(1), minutesKept, Duration.ofHours(1)),
        new SimpleMeterRegistry());
  }
}
