package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedIdentityTest {

  /// What is stored must never change its meaning.
  @ParameterizedTest
  @CsvSource({
    "2026-07-15T12:34:56.789012Z, 42, 495588, -401942030016231879",
    "1970-01-01T00:00:00Z, -1, 0, -1",
    "1969-12-31T23:59:59.999999Z, 0, -1, -5417735806833148549",
  })
  void of_timestampAndId_isAlwaysTheSame(Instant sentAt, long idHash, long hour, long hash) {
    assertThat(PackedIdentity.of(sentAt, idHash)).isEqualTo(new PackedIdentity(hour, hash));
  }

  @Test
  void of_sameIdEveryMicrosecond_isNeverTheSame() {
    Set<Long> hashes = new HashSet<>();
    for (long micros = 0; micros < 100_000; micros++) {
      hashes.add(PackedIdentity.of(micros, 7).hash());
    }

    assertThat(hashes).hasSize(100_000);
  }

  @Test
  void of_nanoseconds_countNot() {
    Instant at = Instant.parse("2026-07-15T12:34:56.789012Z");

    assertThat(PackedIdentity.of(at.plusNanos(999), 1)).isEqualTo(PackedIdentity.of(at, 1));
  }
}
