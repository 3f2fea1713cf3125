package io.tidemark.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.DatabaseFault;
import io.tidemark.platform.WatchedDatabase;
import io.tidemark.record.CapturedRecord;
import io.tidemark.testing.MigratedDatabase;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The group commit of one server with the pools and the watch that a server has.
final class WatchedIngest implements AutoCloseable {

  private static final InstantSource CLOCK = InstantSource.fixed(Facts.AT);
  private static final IngestProperties PROPERTIES = new IngestProperties(2, 1_000, 100_000);

  private final WatchedDatabase watched;
  private final GroupCommit commit;

  /// @param jdbcUrl the way to the database
  WatchedIngest(MigratedDatabase database, String jdbcUrl) {
    this(database, WatchedDatabase.open(jdbcUrl, database.username(), database.password()));
  }

  /// @param role with the password `ordinary`
  WatchedIngest(MigratedDatabase database, String jdbcUrl, String role) {
    this(database, WatchedDatabase.open(jdbcUrl, role, "ordinary"));
  }

  private WatchedIngest(MigratedDatabase database, WatchedDatabase watched) {
    this.watched = watched;
    this.commit =
        new GroupCommit(
            watched.intake(),
            watched.watch(),
            new Partitions(database.dataSource(), 1, CLOCK),
            PROPERTIES,
            new SimpleMeterRegistry());
  }

  IngestOutcome store(List<CapturedRecord> records) {
    return commit.store(records);
  }

  boolean isTakingRecords() {
    return commit.isTakingRecords();
  }

  Optional<DatabaseFault> findFault() {
    return commit.findFault();
  }

  @Override
  public void close() {
    commit.close();
    watched.close();
  }
}
