package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.partition.PartitionSize;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackingPolicyTest {

  private static final Instant START = Instant.parse("2026-07-14T00:00:00Z");
  private static final Instant END = Instant.parse("2026-07-15T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-07-14T12:00:00Z, 100000000, false",
    "2026-07-15T05:59:59Z, 100000000, false",
    "2026-07-15T06:00:00Z, 100000000, true",
    "2026-07-15T06:00:00Z, 8388608, true",
    "2026-07-15T06:00:00Z, 8388607, false",
    "2026-07-16T23:59:59Z, 8192, false",
    "2026-07-17T00:00:00Z, 8192, true",
    "2027-07-17T00:00:00Z, 0, false",
  })
  void listDue_byTimeAndSize(Instant now, long bytes, boolean isDue) {
    PartitionSize partition = new PartitionSize("record_identity_2026_07_14", START, END, bytes);

    assertThat(PackingPolicy.listDue(List.of(partition), now))
        .isEqualTo(isDue ? List.of(partition) : List.of());
  }
}
