package io.tidemark.rollup;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
  private static final Duration PAUSE = Duration.ofHours(2);

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
    Instant over = clock.instant().minus(PAUSE);
    for (PackedRollup rollup : PackedRollup.values()) {
      long packed = 0;
      for (Grain grain : rollup.grains()) {
        packed += pack(rollup, grain, over.minus(1, grain.unit()), bucketsAtOnce(grain));
      }
      if (packed > 0) {
        giveRoomBack(rollup);
      }
    }
  }

  /// Refreshes wait for a transaction: it is some tenths of a second of work.
  private static int bucketsAtOnce(Grain grain) {
    return switch (grain) {
      case MINUTE -> 20;
      case HOUR -> 3;
      case DAY -> 1;
    };
  }

  private long pack(PackedRollup rollup, Grain grain, Instant last, int atOnce)
      throws SQLException {
    long total = 0;
    int patience = WAITS;
    while (patience > 0) {
      Optional<Integer> packed = store.pack(rollup, grain, last, atOnce);
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
