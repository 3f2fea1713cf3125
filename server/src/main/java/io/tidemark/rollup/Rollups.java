package io.tidemark.rollup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidemark.partition.Partitions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the aggregates equal to the detail. Thread-safe; of several servers one works at a time.
public final class Rollups {

  private static final Logger LOG = LoggerFactory.getLogger(Rollups.class);

  /// Bounds what one transaction takes on: a second or two of work.
  private static final long RECORDS_AT_ONCE = 200_000;

  /// How long new batches wait for hours that are counted anew.
  private static final Duration RECOUNTING = Duration.ofMillis(500);

  private final RollupStore store;
  private final RollupRebuild rebuild;
  private final Partitions partitions;
  private final Duration minutesKept;
  private final Counter records;
  private final Timer refreshes;

  public Rollups(
      DataSource dataSource,
      Partitions partitions,
      RollupRebuild rebuild,
      RollupProperties properties,
      MeterRegistry metrics) {
    this.store = new RollupStore(dataSource);
    this.rebuild = rebuild;
    this.partitions = partitions;
    this.minutesKept = properties.minutesKept();
    this.records = metrics.counter("tidemark.rollup.records");
    this.refreshes = metrics.timer("tidemark.rollup.refresh");
  }

  /// Merges what is new, once.
  ///
  /// @return rows merged; 0 when nothing was new, or other rollup work takes longer than five
  ///   seconds
  public long refresh() throws SQLException {
    List<RollupStore.Pending> pending = store.pending();
    if (pending.isEmpty()) {
      return 0;
    }
    long start = System.nanoTime();
    summarize(pending);
    long merged = store.refresh(RECORDS_AT_ONCE);
    if (merged > 0) {
      records.increment((double) merged);
      refreshes.record(Duration.ofNanos(System.nanoTime() - start));
    }
    return merged;
  }

  /// Merges what is new now. What comes meanwhile is left to the next call, unless there was so
  /// much that some is left: merging costs much the same for one record as for thousands. Then
  /// counts some of the hours anew that are waiting for it.
  public void catchUp() throws SQLException {
    long merged;
    do {
      merged = refresh();
    } while (merged >= RECORDS_AT_ONCE / 2);
    long end = System.nanoTime() + RECOUNTING.toNanos();
    boolean didSome;
    do {
      didSome = rebuild.recountSome();
    } while (didSome && System.nanoTime() < end);
  }

  /// Merges until nothing is new, and counts everything anew that is waiting for it.
  public void refreshAll() throws SQLException {
    boolean didSome;
    do {
      didSome = refresh() > 0 || rebuild.recountSome();
    } while (didSome);
  }

  private void summarize(List<RollupStore.Pending> pending) {
    for (RollupStore.Pending rows : pending) {
      try {
        partitions.summarize(rows.table(), rows.first(), rows.last());
      } catch (SQLException e) {
        LOG.debug(
            "rollup.refresh could not summarize new rows of {} first and will read more than it must: {}",
            rows.table(),
            e.getMessage());
      }
    }
  }

  /// Forgets rollups by the minute that have passed their age; hours and days stay.
  public void forgetMinutes() throws SQLException {
    store.forgetMinutes(minutesKept);
  }
}
