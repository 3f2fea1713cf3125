package io.tidemark.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordIdentityTest {

  private static final Instant AT = Instant.parse("2026-07-15T12:00:00.123456Z");

  @Test
  void of_sameIdAndTimestamp_isTheSame() {
    assertThat(RecordIdentity.of("a", AT)).isEqualTo(RecordIdentity.of("a", AT));
    assertThat(RecordIdentity.of("a", AT.plusNanos(999))).isEqualTo(RecordIdentity.of("a", AT));
    assertThat(RecordIdentity.of("a", null)).isEqualTo(RecordIdentity.of("a", null));
  }

  @Test
  void of_otherIdOrTimestamp_isAnother() {
    RecordIdentity identity = RecordIdentity.of("a", AT);

    assertThat(RecordIdentity.of("A", AT)).isNotEqualTo(identity);
    assertThat(RecordIdentity.of("a ", AT)).isNotEqualTo(identity);
    assertThat(RecordIdentity.of("a", AT.plusNanos(1_000))).isNotEqualTo(identity);
    assertThat(RecordIdentity.of("a", null)).isNotEqualTo(identity);
  }

  @Test
  void of_anId_isTheFirstHalfOfTheFirstHalfOfItsSha256() {
    // printf abc | sha256sum: what is stored must not change from version to version.
    assertThat(RecordIdentity.of("abc", null).idHash()).isEqualTo(0xba7816bf8f01cfeaL);
    assertThat(RecordIdentity.of("😀", null).idHash())
        .isNotEqualTo(RecordIdentity.of("?", null).idHash());
  }

  @Test
  void of_manyIds_areAllDifferent() {
    Set<Long> hashes = new HashSet<>();

    for (int i = 0; i < 100_000; i++) {
      hashes.add(RecordIdentity.of("m-" + i, null).idHash());
    }

    assertThat(hashes).hasSize(100_000);
  }
}
