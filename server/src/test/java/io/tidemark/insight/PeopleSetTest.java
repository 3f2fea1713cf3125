package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    set.addMembers(CHUNK, new Object[] {0, 15}, held("11"), 0);

    assertThat(set.size()).isEqualTo(2);
  }

  @Test
  void size_membersOfSeveralKeys_areThoseOfTheKey() {
    Object[] members = {3, CHUNK - 1, CHUNK, 5 * CHUNK};
    List<Long> sizes = new ArrayList<>();

    for (int key = 0; key < 3; key++) {
      PeopleSet set = new PeopleSet();
      set.addMembers(0, members, held("0110" + "1111" + "0001"), key);
      sizes.add(set.size());
    }

    assertThat(sizes).containsExactly(2L, 4L, 1L);
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
            set.addMembers(firstKey, new Object[] {offset, 7}, held("0010"), 1);
          } else {
            sent[4 + offset / 8] |= (byte) (0x80 >> offset % 8);
          }
        }
        set.addBits(firstKey, sent);
      }

      assertThat(set.size()).isEqualTo(expected.size());
    }
  }

  private static byte[] held(String bits) {
    byte[] sent = new byte[4 + (bits.length() + 7) / 8];
    for (int i = 0; i < bits.length(); i++) {
      sent[4 + i / 8] |= (byte) (bits.charAt(i) == '1' ? 0x80 >> i % 8 : 0);
    }
    return sent;
  }
}
