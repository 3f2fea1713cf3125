package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.UserEvent;
import io.tidemark.testing.MigratedDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Records with an id and no timestamp that were held on to: the same copy is recognised for good,
/// another copy for 48 hours like ever.
class HeldRecordIT {

  private final MigratedDatabase database = MigratedDatabase.open();
  private final Ingest ingest = new Ingest(database);

  @AfterEach
  void close() {
    ingest.close();
    database.close();
  }

  @Test
  void store_sameCopyAfterDays_isADuplicate() {
    ingest.committed(List.of(held("a", 0)));
    passDays();

    assertThat(ingest.committed(List.of(held("a", 0))).duplicates()).containsExactly(0);
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void store_sameCopyAfterItsDayWasPacked_isADuplicate() throws Exception {
    ingest.committed(List.of(held("a", 0)));
    passDays();
    new Packing(database).pack();

    assertThat(database.count("SELECT count(*) FROM record_identity")).isZero();
    assertThat(ingest.committed(List.of(held("b", 0), held("a", 0))).duplicates())
        .containsExactly(1);
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void store_otherCopyWithinTwoDays_isADuplicate() {
    ingest.committed(List.of(Facts.untimed("a")));

    assertThat(ingest.committed(List.of(held("a", 0), held("b", 0))).duplicates())
        .containsExactly(0);
    assertThat(ingest.committed(List.of(Facts.untimed("b"))).duplicates()).containsExactly(0);
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void store_copiesInOneGroup_areStoredOnce() {
    assertThat(ingest.committed(List.of(held("a", 0), held("a", 1), held("a", 0))).duplicates())
        .containsExactly(1, 2);
  }

  @Test
  void store_otherCopyAfterDays_isStored() {
    ingest.committed(List.of(held("a", 0)));
    passDays();

    assertThat(ingest.committed(List.of(held("a", 1))).duplicates()).isEmpty();
    assertThat(stored()).isEqualTo(2);
  }

  private static CapturedRecord held(String id, int secondsLater) {
    RecordIdentity identity =
        new RecordIdentity(
            null, RecordIdentity.of(id, null).idHash(), Facts.AT.plusSeconds(secondsLater));
    return new UserEvent(new FactOrigin(Facts.AT, identity, null, null, null), "test", id);
  }

  private void passDays() {
    database.jdbc().sql("UPDATE untimed_record SET seen_at = seen_at - interval '3 days'").update();
  }

  private long stored() {
    return database.count("SELECT count(*) FROM user_event");
  }
}
