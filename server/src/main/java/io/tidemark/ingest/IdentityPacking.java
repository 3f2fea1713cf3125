package io.tidemark.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.partition.PartitionSize;
import io.tidemark.partition.PartitionedTable;
import io.tidemark.partition.Partitions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Packs the identities of days that are over. May be stopped at any moment, and run by several
/// servers at once: [PackingStore] says why.
final class IdentityPacking {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityPacking.class);

  /// What comes while a partition is packed is packed in turn, until it is little enough for
  /// writers to wait for it.
  private static final int LITTLE = 1_000;

  private static final int ROUNDS = 3;

  private final Partitions partitions;
  private final PackingStore store;
  private final InstantSource clock;
  private final Counter packed;

  IdentityPacking(
      DataSource dataSource, Partitions partitions, InstantSource clock, MeterRegistry metrics) {
    this.partitions = partitions;
    this.store = new PackingStore(dataSource, PackingStore.ROWS_AT_ONCE);
    this.clock = clock;
    this.packed = metrics.counter("tidemark.identity.packed");
  }

  /// Packs every partition that is due.
  void pack() throws SQLException {
    List<PartitionSize> due =
        PackingPolicy.listDue(
            partitions.listSizes(PartitionedTable.RECORD_IDENTITY), clock.instant());
    for (PartitionSize partition : due) {
      try {
        pack(partition);
      } catch (SQLException e) {
        if (!PackingStore.isRefused(e)) {
          throw e;
        }
        LOG.warn(
            "identity.pack could not empty {} while records are written; it will try again: {}",
            partition.name(),
            e.getMessage());
      }
    }
    if (!due.isEmpty()) {
      store.analyze();
    }
  }

  private void pack(PartitionSize partition) throws SQLException {
    long start = System.nanoTime();
    String name = partition.name();
    PackingStore.Mark mark = store.mark();
    long total = packHours(partition);
    for (int round = 1; round <= ROUNDS; round++) {
      PackingStore.Mark later = store.mark();
      OptionalLong late = store.packSince(name, mark);
      if (late.isEmpty()) {
        break;
      }
      mark = later;
      total += count(late.getAsLong());
      if (late.getAsLong() < LITTLE) {
        break;
      }
    }
    OptionalLong last = store.finish(name, mark);
    total += count(last.orElse(0));
    LOG.info(
        "identity.pack packed {} identities of {} in {} ms{}",
        total,
        name,
        Duration.ofNanos(System.nanoTime() - start).toMillis(),
        last.isPresent() ? "" : "; more come, it will go on");
  }

  private long packHours(PartitionSize partition) throws SQLException {
    long total = 0;
    OptionalLong hour =
        store.findHour(partition.name(), PackedIdentity.hourOf(partition.startsAt()));
    while (hour.isPresent()) {
      total += count(store.packHour(partition.name(), hour.getAsLong()));
      hour = store.findHour(partition.name(), hour.getAsLong() + 1);
    }
    return total;
  }

  private long count(long identities) {
    packed.increment((double) identities);
    return identities;
  }
}
