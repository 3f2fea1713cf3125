package io.tidemark.insight;

import io.tidemark.ingest.Ingest;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.insight.question.Asking;
import io.tidemark.partition.Partitions;
import io.tidemark.record.CapturedRecord;
import io.tidemark.rollup.Refreshers;
import io.tidemark.rollup.Rollups;
import io.tidemark.testing.MigratedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A database that happenings were stored in through the group commit, in no order and in many
/// batches, with the rollups brought up to date now and then: so that most rows are late.
public final class PeopleDatabase implements AutoCloseable {

  /// The least that may be set: what is older is of hours and days, and of detail.
  public static final Duration MINUTES_KEPT = Duration.ofHours(26);

  private static final int BATCH = 150;

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Ingest ingest = new Ingest(database);
  private final Rollups rollups;

  public PeopleDatabase(Instant now) {
    InstantSource clock = InstantSource.fixed(now);
    this.rollups =
        Refreshers.of(
            database.dataSource(), new Partitions(database.dataSource(), 1, clock), clock);
  }

  /// Half of the first people known are in another chunk than the rest.
  public void letKeysCrossAChunk() {
    jdbc().sql("ALTER TABLE app_user ALTER COLUMN user_key RESTART WITH 32650").update();
  }

  /// Stores everything; rollups are up to date when it returns.
  public void store(RandomPeople people, List<Happening> happenings, Random random)
      throws SQLException {
    List<CapturedRecord> records =
        new ArrayList<>(happenings.stream().map(Happening::record).toList());
    records.addAll(people.descriptions());
    store(records, random);
  }

  /// Stores everything; rollups are up to date when it returns.
  public void store(List<? extends CapturedRecord> all, Random random) throws SQLException {
    List<CapturedRecord> records = new ArrayList<>(all);
    Collections.shuffle(records, random);
    for (int first = 0; first < records.size(); first += BATCH) {
      IngestOutcome outcome =
          ingest.store(records.subList(first, Math.min(first + BATCH, records.size())));
      if (!(outcome instanceof IngestOutcome.Committed)) {
        throw new IllegalStateException(outcome.toString());
      }
      rollups.refresh();
    }
    rollups.refreshAll();
  }

  public MigratedDatabase database() {
    return database;
  }

  public JdbcClient jdbc() {
    return database.jdbc();
  }

  public JdbcTemplate template() {
    return new JdbcTemplate(database.dataSource());
  }

  /// Someone asks who may not see who people are.
  public static Asking askedByOutsiderAt(Instant now) {
    return new Asking(now, false, 5, Course.ENDLESS);
  }

  /// Someone asks who may see everything.
  public static Asking askedAt(Instant now) {
    return new Asking(now, true, 5, Course.ENDLESS);
  }

  @Override
  public void close() {
    ingest.close();
    database.close();
  }
}
