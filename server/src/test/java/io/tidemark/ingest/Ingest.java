package io.tidemark.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.QuietWatch;
import io.tidemark.record.CapturedRecord;
import io.tidemark.testing.MigratedDatabase;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/// The group commit of one server, on a database of a test.
public final class Ingest implements AutoCloseable {

  private static final InstantSource CLOCK = InstantSource.fixed(Facts.AT);

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final GroupCommit commit;

  public Ingest(MigratedDatabase database) {
    this(database.dataSource(), new IngestProperties(2, 1_000, 100_000));
  }

  Ingest(DataSource dataSource, IngestProperties properties) {
    this(dataSource, dataSource, properties);
  }

  /// @param forPartitions what partitions are made with
  Ingest(DataSource dataSource, DataSource forPartitions, IngestProperties properties) {
    this.commit =
        new GroupCommit(
            dataSource,
            QuietWatch.create(),
            new Partitions(forPartitions, 1, CLOCK),
            properties,
            metrics);
  }

  public IngestOutcome store(List<CapturedRecord> records) {
    return commit.store(records);
  }

  IngestOutcome.Committed committed(List<CapturedRecord> records) {
    return switch (commit.store(records)) {
      case IngestOutcome.Committed committed -> committed;
      case IngestOutcome.Busy busy -> throw new AssertionError(busy);
      case IngestOutcome.Unavailable unavailable -> throw new AssertionError(unavailable);
    };
  }

  /// Records that wait or are being written.
  int waiting() {
    return (int) metrics.get("tidemark.ingest.waiting").gauge().value();
  }

  @Override
  public void close() {
    commit.close();
  }
}
