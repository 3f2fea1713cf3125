package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeopleSetTest {

  private static final int CHUNK = 32_768;

  @Test
  void size_nobody_isZero() {
    assertThat(new PeopleSet().size()).isZero();
  }

  @Test
  void size_sameAsBitAndAsMember_isOne() {
    PeopleSet set = new PeopleSet();
    byte[] sent = new byte[4 + CHUNK / 8];
    sent[4] = (byte) 0x80;
    sent[5] = 0x01;

    set.addBits(CHUNK, sent);
    set.add(CHUNK);
    set.add(CHUNK + 15);

    assertThat(set.size()).isEqualTo(2);
  }

  @Test
  void size_randomSets_isThatOfTheirUnion() {
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      PeopleSet set = new PeopleSet();
      Set<Long> expected = new HashSet<>();
      for (int part = 0; part < 6; part++) {
        long firstKey = (long) CHUNK * random.nextInt(3);
        byte[] sent = new byte[4 + CHUNK / 8];
        for (int i = random.nextInt(500); i > 0; i--) {
          int offset = random.nextInt(CHUNK);
          expected.add(firstKey + offset);
          if (random.nextBoolean()) {
            set.add(firstKey + offset);
          } else {
            sent[4 + offset / 8] |= (byte) (0x80 >> offset % 8);
          }
        }
        set.addBits(firstKey, sent);
      }

      assertThat(set.size()).isEqualTo(expected.size());
    }
  }
}
