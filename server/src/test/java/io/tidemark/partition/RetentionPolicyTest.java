package io.tidemark.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.record.FactTable;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionPolicyTest {

  private final RetentionPolicy policy = new RetentionPolicy(properties(Period.ofMonths(6)));

  @ParameterizedTest
  @CsvSource({
    "PERFORMANCE_METRIC, 2026-08-31T10:00:00Z, 2026-02-28T10:00:00Z",
    "API_RESPONSE_TIME, 2026-03-31T10:00:00Z, 2025-12-31T10:00:00Z",
    "USER_EVENT, 2028-02-29T10:00:00Z, 2027-02-28T10:00:00Z",
    "CONVERSION_FUNNEL, 2026-08-31T10:00:00Z, 2024-08-31T10:00:00Z",
  })
  void oldestKept_countsInCalendarTime(FactTable table, Instant now, Instant oldest) {
    assertThat(policy.oldestKept(table, now)).isEqualTo(oldest);
    assertThat(policy.isTooOld(table, oldest, now)).isFalse();
    assertThat(policy.isTooOld(table, oldest.minusNanos(1_000), now)).isTrue();
  }

  @Test
  void isTooFarAhead_oneDayIsTolerated() {
    Instant now = Instant.parse("2026-07-15T12:00:00Z");

    assertThat(policy.isTooFarAhead(now.plus(Duration.ofDays(1)), now)).isFalse();
    assertThat(policy.isTooFarAhead(now.plus(Duration.ofDays(1)).plusNanos(1_000), now)).isTrue();
  }

  @Test
  void properties_periodNotPositive_isRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> properties(Period.ZERO))
        .withMessageContaining("tidemark.retention.performance-metric");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> properties(Period.ofMonths(-1)))
        .withMessageContaining("tidemark.retention.performance-metric");
  }

  private static RetentionProperties properties(Period performanceMetric) {
    return new RetentionProperties(
        performanceMetric,
        Period.ofMonths(3),
        Period.ofYears(1),
        Period.ofYears(2),
        Period.ofYears(1));
  }
}
