package io.tidemark.partition;

import io.tidemark.record.FactTable;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that the month of a row has its partition: ahead of time by a job, on the spot by the
/// writers. Thread-safe.
///
/// What it has seen is remembered, so that a writer pays for the check once a month. When
/// partitions were dropped behind its back, a write fails for want of one: the writer then calls
/// [#forget] and tries again.
public final class Partitions {

  private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

  /// Rows of more months than these wait for PostgreSQL to summarize them.
  private static final int MONTHS_SUMMARIZED = 24;

  private final PartitionStore store;
  private final SummaryStore summaries;
  private final PartitionPolicy policy;
  private final InstantSource clock;
  private final Set<MonthlyPartition> known = ConcurrentHashMap.newKeySet();

  /// For each table the month that was last asked for: most records are of the same one.
  private final Map<PartitionedTable, AtomicReference<@Nullable Month>> lastEnsured =
      new EnumMap<>(PartitionedTable.class);

  private record Month(long startsAtSecond, long endsAtSecond) {

    static Month of(YearMonth month) {
      return new Month(
          month.atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC),
          month.plusMonths(1).atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
    }

    boolean contains(Instant at) {
      return at.getEpochSecond() >= startsAtSecond && at.getEpochSecond() < endsAtSecond;
    }
  }

  public Partitions(DataSource dataSource, int monthsAhead, InstantSource clock) {
    this.store = new PartitionStore(dataSource);
    this.summaries = new SummaryStore(dataSource);
    this.policy = new PartitionPolicy(monthsAhead);
    this.clock = clock;
    for (PartitionedTable table : PartitionedTable.values()) {
      lastEnsured.put(table, new AtomicReference<>());
    }
  }

  /// Makes the partition for that instant unless it exists.
  public void ensure(PartitionedTable table, Instant at) throws SQLException {
    AtomicReference<@Nullable Month> lastOfTable = Objects.requireNonNull(lastEnsured.get(table));
    Month last = lastOfTable.get();
    if (last != null && last.contains(at)) {
      return;
    }
    YearMonth month = YearMonth.from(at.atOffset(ZoneOffset.UTC));
    ensure(new MonthlyPartition(table, month));
    lastOfTable.set(Month.of(month));
  }

  private void ensure(MonthlyPartition partition) throws SQLException {
    if (known.contains(partition)) {
      return;
    }
    store.make(partition);
    known.add(partition);
  }

  /// Brings the BRIN indexes up to new rows, so that whoever looks for these does not read all that
  /// was written in the last minute. Worth its while before each look at new rows; not needed for
  /// any answer to be right.
  ///
  /// @param from event time of the earliest new row
  /// @param to event time of the latest
  public void summarize(FactTable table, Instant from, Instant to) throws SQLException {
    YearMonth last = YearMonth.from(to.atOffset(ZoneOffset.UTC));
    YearMonth first = YearMonth.from(from.atOffset(ZoneOffset.UTC));
    for (int back = 0;
        back < MONTHS_SUMMARIZED && !last.minusMonths(back).isBefore(first);
        back++) {
      summaries.summarize(new MonthlyPartition(PartitionedTable.of(table), last.minusMonths(back)));
    }
  }

  /// Start of the oldest partition of a fact table; empty when it has none.
  public Optional<Instant> oldest(FactTable table) throws SQLException {
    return store.list().stream()
        .filter(partition -> partition.table() == PartitionedTable.of(table))
        .map(MonthlyPartition::month)
        .min(Comparator.naturalOrder())
        .map(month -> month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /// Makes the partitions of this month and the configured months ahead.
  ///
  /// @return how many were made
  public int makeAhead() throws SQLException {
    YearMonth current = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
    Set<MonthlyPartition> existing = store.list();
    List<MonthlyPartition> missing = policy.plan(current, existing);
    for (MonthlyPartition partition : missing) {
      store.make(partition);
    }
    known.addAll(existing);
    known.addAll(missing);
    if (!missing.isEmpty()) {
      LOG.info(
          "partition.make made {} partitions up to {}",
          missing.size(),
          current.plusMonths(policy.monthsAhead()));
    }
    return missing.size();
  }

  /// Forgets what it has seen; the next check asks the database.
  public void forget() {
    known.clear();
    lastEnsured.values().forEach(last -> last.set(null));
  }
}
