package io.tidemark.capture.accesslog;

import io.tidemark.ingest.IngestOutcome.Committed;
import io.tidemark.ingest.RefusedRecord;
import io.tidemark.record.Fact;
import io.tidemark.record.FactTable;
import io.tidemark.record.Person;
import io.tidemark.record.UserEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts what an import comes across. Not thread-safe.
final class ImportTally {

  /// About 10 MB of names.
  static final int MOST_PEOPLE_COUNTED = 100_000;

  private static final int SAMPLES = 3;

  private final Map<UnreadableReason, List<Long>> unreadableSamples =
      new EnumMap<>(UnreadableReason.class);
  private final Map<UnreadableReason, Long> unreadable = new EnumMap<>(UnreadableReason.class);
  private final Map<FactTable, Map<RecordFate, Long>> fates = new EnumMap<>(FactTable.class);
  private final Map<String, ImportSummary.Refusals> refusals = new TreeMap<>();
  private final Set<String> people = new HashSet<>();
  private long lines;
  private long requests;
  private @Nullable Instant first;
  private @Nullable Instant last;

  void countLine() {
    lines++;
  }

  void countUnreadable(UnreadableReason reason, long lineNumber) {
    unreadable.merge(reason, 1L, Long::sum);
    List<Long> samples = unreadableSamples.computeIfAbsent(reason, r -> new ArrayList<>());
    if (samples.size() < SAMPLES) {
      samples.add(lineNumber);
    }
  }

  void countRequest(Instant at) {
    requests++;
    first = first == null || at.isBefore(first) ? at : first;
    last = last == null || at.isAfter(last) ? at : last;
  }

  /// Notes whose page view this is, if it is one.
  void countPerson(Fact fact) {
    Person person = fact.person();
    if (fact instanceof UserEvent && person != null && people.size() < MOST_PEOPLE_COUNTED) {
      people.add(person.id());
    }
  }

  void countFate(FactTable table, RecordFate fate, long records) {
    fates
        .computeIfAbsent(table, t -> new EnumMap<>(RecordFate.class))
        .merge(fate, records, Long::sum);
  }

  /// Counts what became of records that were handed over together.
  void countCommitted(List<Fact> records, Committed committed) {
    @Nullable RecordFate[] fateByIndex = new RecordFate[records.size()];
    for (int index : committed.duplicates()) {
      fateByIndex[index] = RecordFate.STORED_BEFORE;
    }
    for (RefusedRecord refused : committed.refused()) {
      fateByIndex[refused.index()] = RecordFate.REFUSED;
      refusals.merge(
          refused.code(),
          new ImportSummary.Refusals(1, refused.detail()),
          (known, one) -> new ImportSummary.Refusals(known.count() + 1, known.detail()));
    }
    for (int index = 0; index < fateByIndex.length; index++) {
      RecordFate fate = fateByIndex[index];
      countFate(records.get(index).table(), fate == null ? RecordFate.STORED : fate, 1);
    }
  }

  long lines() {
    return lines;
  }

  ImportSummary summary(ImportEnding ending) {
    Map<UnreadableReason, ImportSummary.UnreadableLines> unreadableLines =
        new EnumMap<>(UnreadableReason.class);
    unreadable.forEach((reason, count) ->
        unreadableLines.put(
            reason,
            new ImportSummary.UnreadableLines(
                count, unreadableSamples.getOrDefault(reason, List.of()))));
    return new ImportSummary(
        ending, lines, requests, first, last, people.size(), unreadableLines, fates, refusals);
  }
}
