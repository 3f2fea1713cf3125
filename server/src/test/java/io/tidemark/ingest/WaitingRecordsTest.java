package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.CapturedRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingRecordsTest {

  private final WaitingRecords waiting = new WaitingRecords(3_000);

  @Test
  void takeGroup_nothingWaits_isEmptyAfterAMoment() {
    assertThat(waiting.takeGroup(100)).isEmpty();
  }

  @Test
  void takeGroup_someWait_takesThemUpToTheSizeOfAGroup() {
    add(40);
    add(70);
    add(1);

    assertThat(waiting.takeGroup(100)).extracting(Submission::size).containsExactly(40, 70);
    assertThat(waiting.takeGroup(100)).extracting(Submission::size).containsExactly(1);
  }

  @Test
  void takeGroup_whileOneIsInWork_losesNothingThatComesMeanwhile() throws InterruptedException {
    add(1);
    List<Submission> inWork = waiting.takeGroup(100);
    add(2);
    List<Submission> taken = new ArrayList<>();

    Thread writer = Thread.ofVirtual().start(() -> taken.addAll(waiting.takeGroup(100)));
    add(3);
    waiting.release(inWork);
    writer.join();

    assertThat(taken.getFirst().size()).isEqualTo(2);
    taken.addAll(waiting.takeGroup(100));
    assertThat(taken).extracting(Submission::size).containsExactly(2, 3);
  }

  @Test
  void takeGroup_theOneInWorkNeverEnds_isNotKeptFromIt() {
    add(1);
    waiting.takeGroup(100);
    add(2);

    assertThat(waiting.takeGroup(100)).extracting(Submission::size).containsExactly(2);
  }

  @Test
  void add_noRoom_isRefusedUntilAGroupIsReleased() {
    add(2_000);
    assertThat(waiting.add(records(1_001))).isEmpty();

    List<Submission> inWork = waiting.takeGroup(100);
    assertThat(waiting.records()).isEqualTo(2_000);
    assertThat(waiting.add(records(1_001))).isEmpty();

    waiting.release(inWork);
    assertThat(waiting.records()).isZero();
    assertThat(waiting.add(records(1_001))).isPresent();
  }

  @Test
  void add_moreThanTheWholeQueue_waitsAlone() {
    assertThat(waiting.add(records(5_000))).isPresent();
    assertThat(waiting.add(records(1))).isEmpty();

    waiting.release(waiting.takeGroup(100));
    assertThat(waiting.add(records(1))).isPresent();
  }

  @Test
  void giveUp_whatWaitsAndWhatIsInWork_isAnswered() {
    add(1);
    List<Submission> inWork = waiting.takeGroup(100);
    Submission other = waiting.add(records(2)).orElseThrow();

    waiting.giveUp(Submission.unavailable());

    assertThat(inWork.getFirst().await()).isEqualTo(Submission.unavailable());
    assertThat(other.await()).isEqualTo(Submission.unavailable());
    assertThat(waiting.isEmpty()).isTrue();
    assertThat(waiting.records()).isEqualTo(1);
  }

  private void add(int records) {
    assertThat(waiting.add(records(records))).isPresent();
  }

  private static List<CapturedRecord> records(int number) {
    return new ArrayList<>(Facts.events("w-", 0, number));
  }
}
