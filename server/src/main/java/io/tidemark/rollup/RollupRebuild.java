package io.tidemark.rollup;

import io.tidemark.partition.Partitions;
import io.tidemark.record.FactTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Counts rollups anew from detail, while intake and refreshes go on. Hours that are to be counted
/// stand in a list in the database: what a crash leaves undone is done by the next server, and a
/// removal of detail puts the hours it touched there too. Thread-safe.
public final class RollupRebuild {

  /// What one transaction aims to take: refreshes wait as long.
  private static final Duration AIM = Duration.ofMillis(500);

  private static final int HOURS_OF_A_DAY = 24;

  private final RecountStore store;
  private final DetailSpan detail;

  /// How many hours the last transaction should have taken on to take as long as it should.
  private volatile int hoursAtOnce = 1;

  public RollupRebuild(DataSource dataSource, Partitions partitions, InstantSource clock) {
    this.store = new RecountStore(dataSource);
    this.detail = new DetailSpan(partitions, clock);
  }

  /// Counts the rollups of a range anew.
  ///
  /// @param range null for all detail, and everyone's events over all time
  /// @return whether it was done to the end; if not, what is not done is as it was
  /// @throws SQLException if the database is away: a server that runs goes on with it
  public boolean rebuild(@Nullable HourRange range, WorkListener listener) throws SQLException {
    for (FactTable fact : FactTable.values()) {
      Optional<HourRange> there = range == null ? detail.of(fact) : detail.within(fact, range);
      if (there.isPresent()) {
        store.mark(fact, there.get().from(), there.get().to());
      }
    }
    long total = Math.max(1, store.count());
    for (long left = total; left > 0; left = store.count()) {
      if (!listener.progressed(Math.max(0, total - left), total)) {
        store.withdraw();
        return false;
      }
      recountSome();
    }
    while (range == null && !store.recountActivity()) {
      if (!listener.progressed(total, total)) {
        return false;
      }
    }
    listener.progressed(total, total);
    return true;
  }

  /// Counts some hours of the list anew, half a second's worth if it can.
  ///
  /// @return whether there was anything to do
  /// @throws SQLException if the database is away: the list stays as it was
  public boolean recountSome() throws SQLException {
    long start = System.nanoTime();
    Optional<RecountStore.Recounted> recounted = store.recount(hoursAtOnce);
    recounted.ifPresent(done -> {
      double pace = (double) AIM.toNanos() / (System.nanoTime() - start);
      long hours = Math.round(Math.max(1, done.hours() * pace));
      hoursAtOnce = (int) Math.min(Math.min(hours, 2L * hoursAtOnce), HOURS_OF_A_DAY);
    });
    return recounted.isPresent();
  }
}
