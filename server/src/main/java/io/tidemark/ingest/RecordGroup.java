package io.tidemark.ingest;

import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Fact;
import io.tidemark.record.FactTable;
import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.SubscriptionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Records that are to be committed together, and which of them turned out to be duplicates. Used
/// by one writer at a time.
final class RecordGroup {

  private final List<CapturedRecord> records;

  /// Second and later copies within the group itself.
  private final BitSet repeated = new BitSet();

  private final BitSet duplicates = new BitSet();
  private final Map<Person, Instant> people;
  private final List<RecordIdentity> timed = new ArrayList<>();
  private final List<RecordIdentity> untimed = new ArrayList<>();

  RecordGroup(List<CapturedRecord> records) {
    this.records = records;
    collectIdentities();
    if (hasRepeats(timed) || hasRepeats(untimed)) {
      markRepeats();
      collectIdentities();
    }
    duplicates.or(repeated);
    people = earliest(records, new BitSet());
  }

  private void collectIdentities() {
    timed.clear();
    untimed.clear();
    for (int i = 0; i < records.size(); i++) {
      RecordIdentity identity = records.get(i).identity();
      if (identity == null || repeated.get(i)) {
        continue;
      }
      (identity.sentAt() == null ? untimed : timed).add(identity.asSent());
      RecordIdentity held = identity.asHeld();
      if (held != null) {
        timed.add(held);
      }
    }
    timed.sort(IdentityStore.ORDER);
    untimed.sort(IdentityStore.ORDER);
  }

  /// @param identities in order
  private static boolean hasRepeats(List<RecordIdentity> identities) {
    for (int i = 1; i < identities.size(); i++) {
      if (identities.get(i).equals(identities.get(i - 1))) {
        return true;
      }
    }
    return false;
  }

  private void markRepeats() {
    Set<RecordIdentity> seen = new HashSet<>();
    for (int i = 0; i < records.size(); i++) {
      RecordIdentity identity = records.get(i).identity();
      if (identity != null && !seen.add(identity.asSent())) {
        repeated.set(i);
      }
    }
  }

  /// Identities with a timestamp, each once, in order.
  List<RecordIdentity> timedIdentities() {
    return Collections.unmodifiableList(timed);
  }

  /// Identities without a timestamp, each once, in order.
  List<RecordIdentity> untimedIdentities() {
    return Collections.unmodifiableList(untimed);
  }

  /// Everyone named, with the event time of the earliest record that names them.
  Map<Person, Instant> people() {
    return people;
  }

  /// The same, of the records that are to be stored.
  Map<Person, Instant> peopleStored() {
    return duplicates.isEmpty() ? people : earliest(records, duplicates);
  }

  private static Map<Person, Instant> earliest(List<CapturedRecord> records, BitSet without) {
    Map<Person, Instant> earliest = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      Person person = without.get(i) ? null : records.get(i).person();
      if (person != null) {
        Instant at = records.get(i).at();
        earliest.merge(person, at, (one, other) -> other.isBefore(one) ? other : one);
      }
    }
    return earliest;
  }

  /// Starts over: only what repeats within the group counts as duplicate.
  void resetDuplicates() {
    duplicates.clear();
    duplicates.or(repeated);
  }

  /// Marks the records of which an identity was known before.
  void markDuplicates(Predicate<RecordIdentity> isKnown) {
    for (int i = 0; i < records.size(); i++) {
      RecordIdentity identity = records.get(i).identity();
      if (identity == null) {
        continue;
      }
      RecordIdentity held = identity.asHeld();
      if (isKnown.test(identity.asSent()) || (held != null && isKnown.test(held))) {
        duplicates.set(i);
      }
    }
  }

  List<CapturedRecord> records() {
    return records;
  }

  /// Positions of the duplicates, ascending.
  List<Integer> duplicates() {
    return duplicates.stream().boxed().toList();
  }

  /// The facts that are to be stored, by table.
  ///
  /// @param people everyone whom records that are to be stored name
  /// @param kindIds the number of what happened, by position
  Map<FactTable, List<FactRow>> rows(Map<Person, KnownPerson> people, int[] kindIds) {
    Map<FactTable, List<FactRow>> rows = new EnumMap<>(FactTable.class);
    for (int i = 0; i < records.size(); i++) {
      if (!duplicates.get(i) && records.get(i) instanceof Fact fact) {
        List<FactRow> ofTable = rows.get(fact.table());
        if (ofTable == null) {
          ofTable = new ArrayList<>();
          rows.put(fact.table(), ofTable);
        }
        Person person = fact.person();
        KnownPerson known = person == null ? null : people.get(person);
        ofTable.add(new FactRow(fact, kindIds[i], known == null ? null : known.userKey()));
      }
    }
    return rows;
  }

  List<PersonDescription> descriptions() {
    return stored(PersonDescription.class);
  }

  List<SubscriptionState> subscriptions() {
    return stored(SubscriptionState.class);
  }

  private <T extends CapturedRecord> List<T> stored(Class<T> kind) {
    List<T> found = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      if (!duplicates.get(i) && kind.isInstance(records.get(i))) {
        found.add(kind.cast(records.get(i)));
      }
    }
    return found;
  }
}
