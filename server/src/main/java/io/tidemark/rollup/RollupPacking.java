package io.tidemark.rollup;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Packs rollups of days, hours and minutes that are over: to about a fifth of their room. May be
/// stopped at any moment, and run by several servers at once.
final class RollupPacking {

  private static final Logger LOG = LoggerFactory.getLogger(RollupPacking.class);

  /// Most late records come within these hours; what is packed must be unpacked for those that come
  /// later.
  private static final Duration MINUTES_PAUSE = Duration.ofHours(2);

  /// A day is packed when the next one is over too: the last 24 hours are asked about most.
  private static final int DAYS_UNPACKED = 1;

  /// Refreshes wait for a transaction: it is some tenths of a second of work.
  private static final int DAYS_AT_ONCE = 1;

  private static final int HOURS_AT_ONCE = 3;

  private static final int MINUTES_AT_ONCE = 20;

  /// So often other rollup work is waited for, 5 seconds each time, before what is left is left to
  /// the next run.
  private static final int WAITS = 12;

  private final RollupPackingStore store;
  private final InstantSource clock;

  RollupPacking(DataSource dataSource, InstantSource clock) {
    this.store = new RollupPackingStore(dataSource);
    this.clock = clock;
  }

  /// Packs everything that is due.
  void pack() throws SQLException {
    Instant now = clock.instant();
    Instant minutesBefore = now.minus(MINUTES_PAUSE).truncatedTo(ChronoUnit.HOURS);
    Instant daysBefore = now.truncatedTo(ChronoUnit.DAYS).minus(DAYS_UNPACKED, ChronoUnit.DAYS);
    for (PackedRollup rollup : PackedRollup.values()) {
      long packed = 0;
      for (Grain grain : rollup.grains()) {
        packed +=
            switch (grain) {
              case MINUTE -> pack(rollup, grain, minutesBefore, MINUTES_AT_ONCE);
              case HOUR -> pack(rollup, grain, daysBefore, HOURS_AT_ONCE);
              case DAY -> pack(rollup, grain, daysBefore, DAYS_AT_ONCE);
            };
      }
      if (packed > 0) {
        giveRoomBack(rollup);
      }
    }
  }

  private long pack(PackedRollup rollup, Grain grain, Instant before, int atOnce)
      throws SQLException {
    long total = 0;
    int patience = WAITS;
    while (patience > 0) {
      Optional<Integer> packed = store.pack(rollup, grain, before, atOnce);
      if (packed.isEmpty()) {
        patience--;
      } else if (packed.get() == 0) {
        break;
      } else {
        total += packed.get();
      }
    }
    return total;
  }

  private void giveRoomBack(PackedRollup rollup) {
    try {
      store
          .giveRoomBack(rollup)
          .ifPresent(bytes ->
              LOG.info(
                  "rollup.pack wrote {} anew: most of its {} MB was empty",
                  rollup.unpackedTable(),
                  bytes / (1024 * 1024)));
    } catch (SQLException e) {
      LOG.warn(
          "rollup.pack left {} as large as it is; a later run tries again: {}",
          rollup.unpackedTable(),
          e.getMessage());
    }
  }
}
