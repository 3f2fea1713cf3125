package io.tidemark.rollup;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.partition.Partitions;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/// What keeps rollups, as a server has it.
public final class Refreshers {

  public static final RollupProperties SETTINGS =
      new RollupProperties(Duration.ofSeconds(1), Duration.ofDays(365_000), Duration.ofHours(1));

  private Refreshers() {}

  public static Rollups of(DataSource dataSource, Partitions partitions, InstantSource clock) {
    return new Rollups(
        dataSource,
        partitions,
        new RollupRebuild(dataSource, partitions, clock),
        SETTINGS,
        new SimpleMeterRegistry());
  }
}
