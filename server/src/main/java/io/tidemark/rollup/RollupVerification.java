package io.tidemark.rollup;

import io.tidemark.partition.Partitions;
import io.tidemark.record.FactTable;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Proves that the rollups equal the detail, or tells where they do not. What is found is kept in
/// `rollup_difference`. Thread-safe.
public final class RollupVerification {

  private static final Logger LOG = LoggerFactory.getLogger(RollupVerification.class);

  /// A day with about so many rows is compared in some seconds.
  private static final long ROWS_OF_A_SMALL_DAY = 1_000_000;

  private final ComparisonStore comparisons;
  private final DifferenceStore differences;
  private final DetailSpan detail;
  private final RandomGenerator random;

  public RollupVerification(
      DataSource dataSource, Partitions partitions, InstantSource clock, RandomGenerator random) {
    this.comparisons = new ComparisonStore(dataSource);
    this.differences = new DifferenceStore(dataSource);
    this.detail = new DetailSpan(partitions, clock);
    this.random = random;
  }

  /// Compares every rollup with detail, day by day.
  ///
  /// @param range null for all detail, and everyone's events over all time
  /// @throws SQLException if the database is away
  public Verdict verify(@Nullable HourRange range, WorkListener listener) throws SQLException {
    Verdict verdict = Verdict.NOTHING;
    List<Slice> slices = slices(range);
    for (int done = 0; done < slices.size(); done++) {
      if (!listener.progressed(done, slices.size())) {
        return verdict.stopped();
      }
      verdict = verdict.plus(verify(slices.get(done)));
    }
    if (range == null) {
      ComparisonStore.Comparison activity = comparisons.compareActivity();
      differences.replaceActivity(activity.told());
      verdict = verdict.plus(activity);
    }
    listener.progressed(slices.size(), slices.size());
    return verdict;
  }

  /// Compares an hour chosen by chance, and its day when that is small.
  ///
  /// @throws SQLException if the database is away
  public Verdict verifySample() throws SQLException {
    List<FactTable> facts = List.of(FactTable.values());
    FactTable fact = facts.get(random.nextInt(facts.size()));
    Optional<HourRange> span = detail.of(fact);
    if (span.isEmpty()) {
      return Verdict.NOTHING;
    }
    Instant hour = span.get().from().plus(random.nextLong(span.get().hours()), ChronoUnit.HOURS);
    Verdict verdict = verify(new Slice(fact, new HourRange(hour, hour.plus(1, ChronoUnit.HOURS))));
    if (verdict.rows() < ROWS_OF_A_SMALL_DAY / 24) {
      Instant day = hour.truncatedTo(ChronoUnit.DAYS);
      verdict =
          verdict.plus(verify(new Slice(fact, new HourRange(day, day.plus(1, ChronoUnit.DAYS)))));
    }
    if (verdict.differences() > 0) {
      LOG.error(
          "rollup.verify found {} differences between the rollups of {} and detail in the day of {}; `tidemark rollup verify` names them, `tidemark rollup rebuild` mends them",
          verdict.differences(),
          fact.tableName(),
          hour);
    }
    return verdict;
  }

  /// How many differences are known and not mended.
  public long knownDifferences() {
    return differences.count();
  }

  private record Slice(FactTable fact, HourRange range) {}

  private List<Slice> slices(@Nullable HourRange range) throws SQLException {
    List<Slice> slices = new ArrayList<>();
    for (FactTable fact : FactTable.values()) {
      Optional<HourRange> there = range == null ? detail.of(fact) : detail.within(fact, range);
      there.ifPresent(span -> span.days().forEach(day -> slices.add(new Slice(fact, day))));
    }
    return slices;
  }

  private Verdict verify(Slice slice) {
    HourRange range = slice.range();
    Set<Grain> grains =
        range.isWholeDay() ? EnumSet.allOf(Grain.class) : EnumSet.of(Grain.MINUTE, Grain.HOUR);
    Optional<ComparisonStore.Comparison> comparison =
        comparisons.compare(slice.fact(), range.from(), range.to(), grains);
    if (comparison.isEmpty()) {
      return Verdict.skipped(range.hours());
    }
    differences.replace(slice.fact(), range, comparison.get().told());
    return Verdict.NOTHING.plus(comparison.get());
  }

  /// What was found.
  ///
  /// @param rows rows of detail that were counted
  /// @param skippedHours hours that are waiting to be counted anew and were not compared
  /// @param differences how many there are
  /// @param told the first of them
  /// @param isWhole false when it was stopped before the end
  public record Verdict(
      long rows,
      long skippedHours,
      long differences,
      List<RollupDifference> told,
      boolean isWhole) {

    private static final Verdict NOTHING = new Verdict(0, 0, 0, List.of(), true);
    private static final int MOST_TOLD = 1_000;

    public Verdict {
      told = List.copyOf(told);
    }

    private static Verdict skipped(long hours) {
      return new Verdict(0, hours, 0, List.of(), true);
    }

    private Verdict plus(ComparisonStore.Comparison found) {
      return plus(new Verdict(found.rows(), 0, found.differences(), found.told(), true));
    }

    private Verdict plus(Verdict other) {
      List<RollupDifference> all = new ArrayList<>(told);
      other.told.stream().limit(MOST_TOLD - all.size()).forEach(all::add);
      return new Verdict(
          rows + other.rows,
          skippedHours + other.skippedHours,
          differences + other.differences,
          all,
          isWhole && other.isWhole);
    }

    private Verdict stopped() {
      return new Verdict(rows, skippedHours, differences, told, false);
    }
  }
}
