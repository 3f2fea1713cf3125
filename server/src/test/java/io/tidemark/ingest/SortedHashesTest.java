package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedHashesTest {

  @RepeatedTest(50)
  void union_ofRandomHashes_isThatOfSets(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    long[] one = random.longs(random.nextInt(300), -200, 200).toArray();
    long[] other = random.longs(random.nextInt(300), -200, 200).toArray();
    TreeSet<Long> expected = new TreeSet<>();
    Arrays.stream(one).forEach(expected::add);
    Arrays.stream(other).forEach(expected::add);

    assertThat(SortedHashes.union(SortedHashes.of(one), SortedHashes.of(other)))
        .containsExactly(expected.stream().mapToLong(Long::longValue).toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 247, 248, 249, 496, 497, 10_000})
  void divide_anyNumber_fillsFewChunksEvenly(int hashes) {
    long[] sorted = SortedHashes.of(new Random(hashes).longs(hashes).toArray());

    List<long[]> chunks = SortedHashes.divide(sorted);

    assertThat(chunks).hasSize((hashes + 247) / 248);
    assertThat(chunks).allMatch(chunk -> chunk.length >= hashes / chunks.size());
    assertThat(chunks).allMatch(chunk -> chunk.length <= SortedHashes.LARGEST_CHUNK);
    assertThat(chunks.stream().flatMapToLong(Arrays::stream).toArray()).containsExactly(sorted);
  }

  @Test
  void encode_isReadBack_andBeginsWithTheHighestByte() {
    long[] hashes = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE};

    byte[] bytes = SortedHashes.encode(hashes);

    assertThat(SortedHashes.decode(bytes)).containsExactly(hashes);
    assertThat(Arrays.copyOf(bytes, 8)).containsExactly(0x80, 0, 0, 0, 0, 0, 0, 0);
  }
}
