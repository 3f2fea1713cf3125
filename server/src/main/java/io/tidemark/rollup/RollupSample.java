package io.tidemark.rollup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps comparing a bit of the rollups with detail, and counts what it finds. Thread-safe.
public final class RollupSample {

  private final RollupVerification verification;
  private final Counter rows;
  private final AtomicLong differences;

  RollupSample(RollupVerification verification, MeterRegistry metrics) {
    this.verification = verification;
    this.rows = metrics.counter("tidemark.rollup.verified");
    this.differences = new AtomicLong();
    metrics.gauge("tidemark.rollup.differences", differences);
  }

  /// Compares an hour or a day.
  public void verify() throws SQLException {
    rows.increment((double) verification.verifySample().rows());
    differences.set(verification.knownDifferences());
  }
}
