package io.tidemark.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
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

  @Test
  void hashTable_oneIdAtManyTimes_staysQuick() {
    Instant start = Instant.parse("2026-03-01T12:00:00Z");

    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          Set<RecordIdentity> identities = new HashSet<>();
          for (int i = 0; i < 200_000; i++) {
            identities.add(RecordIdentity.of("checkout", start.plusMillis(i)));
          }
          assertThat(identities).hasSize(200_000);
        });
  }

  @Test
  void hashTable_namesMadeToHaveOneHash_staysQuick() {
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          Set<Person> people = new HashSet<>();
          for (int pairs = 0; pairs < 1 << 17; pairs++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 17; bit++) {
              name.append((pairs >> bit & 1) == 0 ? "Aa" : "BB");
            }
            people.add(Person.user(name.toString()));
          }
          assertThat(people).hasSize(1 << 17);
        });
  }
}
