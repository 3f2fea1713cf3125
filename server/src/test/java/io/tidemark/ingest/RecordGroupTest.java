package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.record.FactTable;
import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.SubscriptionState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordGroupTest {

  @Test
  void new_sameIdTwice_theSecondIsADuplicate() {
    RecordGroup group =
        new RecordGroup(List.of(Facts.event("a"), Facts.event("b"), Facts.event("a")));

    assertThat(group.duplicates()).containsExactly(2);
    assertThat(group.timedIdentities()).hasSize(2);
    assertThat(group.rows(Map.of(), new int[] {1, 2, 3}).get(FactTable.USER_EVENT))
        .extracting(FactRow::kindId)
        .containsExactly(1, 2);
  }

  @Test
  void new_withoutIds_nothingIsADuplicate() {
    RecordGroup group = new RecordGroup(List.of(Facts.withoutId("a"), Facts.withoutId("a")));

    assertThat(group.duplicates()).isEmpty();
    assertThat(group.timedIdentities()).isEmpty();
    assertThat(group.untimedIdentities()).isEmpty();
  }

  @Test
  void new_sameIdWithAndWithoutTimestamp_areTwo() {
    RecordGroup group = new RecordGroup(List.of(Facts.event("a"), Facts.untimed("a")));

    assertThat(group.duplicates()).isEmpty();
    assertThat(group.timedIdentities()).containsExactly(RecordIdentity.of("a", Facts.AT));
    assertThat(group.untimedIdentities()).containsExactly(RecordIdentity.of("a", null));
  }

  @Test
  void timedIdentities_anyOrderOfRecords_areAscending() {
    RecordGroup forwards = new RecordGroup(Facts.events("m-", 0, 100));
    RecordGroup backwards = new RecordGroup(Facts.events("m-", 0, 100).reversed());

    assertThat(List.copyOf(forwards.timedIdentities()))
        .containsExactlyElementsOf(backwards.timedIdentities())
        .isSortedAccordingTo(IdentityStore.ORDER);
  }

  @Test
  void markDuplicates_thenReset_onlyRepeatsStay() {
    RecordGroup group =
        new RecordGroup(List.of(Facts.event("a"), Facts.event("b"), Facts.event("b")));

    group.markDuplicates(identity -> identity.equals(RecordIdentity.of("a", Facts.AT)));
    assertThat(group.duplicates()).containsExactly(0, 2);
    group.resetDuplicates();

    assertThat(group.duplicates()).containsExactly(2);
  }

  @Test
  void people_severalRecordsOfOne_isNamedOnce() {
    RecordGroup group =
        new RecordGroup(
            List.of(
                Facts.by("a", Person.user("u")),
                Facts.by("b", Person.user("u")),
                Facts.by("c", Person.anonymous("u")),
                Facts.untimed("d")));

    assertThat(group.people()).containsOnlyKeys(Person.user("u"), Person.anonymous("u"));
  }

  @Test
  void rows_otherRecords_areToldApart() {
    PersonDescription described =
        new PersonDescription(Facts.AT, null, Person.user("u"), "pro", null);
    SubscriptionState subscribed =
        new SubscriptionState(Facts.AT, "s", Person.user("u"), null, null, null, null, null, null);
    RecordGroup group = new RecordGroup(List.of(described, subscribed, Facts.event("a")));

    assertThat(group.rows(Map.of(), new int[3])).containsOnlyKeys(FactTable.USER_EVENT);
    assertThat(group.descriptions()).containsExactly(described);
    assertThat(group.subscriptions()).containsExactly(subscribed);
  }

  @Test
  void part_ofAGroup_countsFromItsOwnFirstRecord() {
    IngestOutcome.Committed committed =
        new IngestOutcome.Committed(
            List.of(0, 3, 4, 9),
            List.of(new RefusedRecord(2, "a", "b"), new RefusedRecord(5, "c", "d")));

    assertThat(committed.part(3, 6))
        .isEqualTo(
            new IngestOutcome.Committed(List.of(0, 1), List.of(new RefusedRecord(2, "c", "d"))));
    assertThat(committed.part(6, 9)).isEqualTo(new IngestOutcome.Committed(List.of(), List.of()));
  }
}
