package io.tidemark.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientLimitsTest {

  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max processes             96000                96000                processes
      Max open files            1024                 20000                files
      """;

  @Test
  void of_hardLimitAndPortRange_areRead() {
    assertThat(ClientLimits.of(LIMITS, "32768\t60999\n"))
        .isEqualTo(new ClientLimits(20_000, 28_232));
  }

  @Test
  void of_unlimitedFiles_bindNothing() {
    assertThat(ClientLimits.of("Max open files  unlimited  unlimited  files\n", "").openFiles())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void obstacles_withinTheLimits_areNone() {
    assertThat(new ClientLimits(20_000, 28_232).obstacles(10_000)).isEmpty();
  }

  @Test
  void obstacles_beyondTheLimits_sayHowToRaiseThem() {
    assertThat(new ClientLimits(1_024, 28_232).obstacles(30_000))
        .satisfiesExactly(
            files -> assertThat(files).contains("ulimit -n 30500"),
            ports -> assertThat(ports).contains("ip_local_port_range"));
  }
}
