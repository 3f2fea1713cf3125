package io.tidemark.partition;

import io.tidemark.record.FactTable;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
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

/// Sees to it that the month or day of a row has its partition: ahead of time by a job, on the spot
/// by the writers. Thread-safe.
///
/// What it has seen is remembered, so that a writer pays for the check once for each. When
/// partitions were dropped behind its back, a write fails for want of one: the writer then calls
/// [#forget] and tries again.
public final class Partitions {

  private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

  /// Rows of more months than these wait for PostgreSQL to summarize them.
  private static final int MONTHS_SUMMARIZED = 24;

  private final PartitionStore store;
  private final DivisionStore divisions;
  private final SummaryStore summaries;
  private final PartitionPolicy policy;
  private final InstantSource clock;
  private final Set<Partition> known = ConcurrentHashMap.newKeySet();

  /// For each table the partition that was last asked for: most records are of the same one.
  private final Map<PartitionedTable, AtomicReference<@Nullable Range>> lastEnsured =
      new EnumMap<>(PartitionedTable.class);

  private record Range(long startsAtSecond, long endsAtSecond) {

    static Range of(Partition partition) {
      return new Range(partition.startsAt().getEpochSecond(), partition.endsAt().getEpochSecond());
    }

    boolean contains(Instant at) {
      return at.getEpochSecond() >= startsAtSecond && at.getEpochSecond() < endsAtSecond;
    }
  }

  public Partitions(DataSource dataSource, int monthsAhead, InstantSource clock) {
    this.store = new PartitionStore(dataSource);
    this.divisions = new DivisionStore(dataSource);
    this.summaries = new SummaryStore(dataSource);
    this.policy = new PartitionPolicy(monthsAhead);
    this.clock = clock;
    for (PartitionedTable table : PartitionedTable.values()) {
      lastEnsured.put(table, new AtomicReference<>());
    }
  }

  /// Makes the partition for that instant unless it exists.
  public void ensure(PartitionedTable table, Instant at) throws SQLException {
    AtomicReference<@Nullable Range> lastOfTable = Objects.requireNonNull(lastEnsured.get(table));
    Range last = lastOfTable.get();
    if (last != null && last.contains(at)) {
      return;
    }
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    LocalDate today = today();
    Partition partition = policy.choose(table, day, today, known);
    if (!known.contains(partition)) {
      partition = store.make(existing -> policy.choose(table, day, today, existing));
      known.add(partition);
    }
    lastOfTable.set(Range.of(partition));
  }

  /// The partitions of a table with their sizes, by time.
  public List<PartitionSize> listSizes(PartitionedTable table) throws SQLException {
    return store.listSizes(table);
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
      summaries.summarize(Partition.ofMonth(PartitionedTable.of(table), last.minusMonths(back)));
    }
  }

  /// Start of the oldest partition of a fact table; empty when it has none.
  public Optional<Instant> oldest(FactTable table) throws SQLException {
    return store.list().stream()
        .filter(partition -> partition.table() == PartitionedTable.of(table))
        .map(Partition::startsAt)
        .min(Comparator.naturalOrder());
  }

  /// Makes the partitions of this month and the configured months ahead, and of the days near now.
  ///
  /// @return how many were made
  public int makeAhead() throws SQLException {
    LocalDate today = today();
    divideMonths(today);
    Set<Partition> existing = store.list();
    List<Partition> missing = policy.plan(today, existing);
    for (Partition partition : missing) {
      store.make(now -> policy.choose(partition.table(), partition.from(), today, now));
    }
    known.addAll(existing);
    known.addAll(missing);
    if (!missing.isEmpty()) {
      LOG.info(
          "partition.make made {} partitions up to {}",
          missing.size(),
          YearMonth.from(today).plusMonths(policy.monthsAhead()));
    }
    return missing.size();
  }

  private void divideMonths(LocalDate today) throws SQLException {
    for (Partition month : policy.listDivisible(today, store.list())) {
      if (divisions.divide(month)) {
        known.remove(month);
        LOG.info("partition.make divided {} into days", month.name());
      }
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /// Forgets what it has seen; the next check asks the database.
  public void forget() {
    known.clear();
    lastEnsured.values().forEach(last -> last.set(null));
  }
}
