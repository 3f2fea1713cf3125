package io.tidemark.capture.accesslog;

import io.tidemark.record.FactTable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What became of a log. Records that were under way when an import broke off are counted nowhere.
///
/// @param lines lines read, blank ones included
/// @param requests lines that are requests
/// @param first time of the earliest request; null when there was none
/// @param last time of the latest request; null when there was none
/// @param people whose page views they were; counted up to 100,000
/// @param unreadable lines that could not be read
/// @param fates what became of the records, by fact table: requests in `api_response_time`, page
///   views in `user_event`
/// @param refusals records that were refused, by code
public record ImportSummary(
    ImportEnding ending,
    long lines,
    long requests,
    @Nullable Instant first,
    @Nullable Instant last,
    int people,
    Map<UnreadableReason, UnreadableLines> unreadable,
    Map<FactTable, Map<RecordFate, Long>> fates,
    Map<String, Refusals> refusals) {

  public ImportSummary {
    unreadable = Collections.unmodifiableMap(new TreeMap<>(unreadable));
    Map<FactTable, Map<RecordFate, Long>> fatesCopy = new TreeMap<>();
    fates.forEach((table, counts) -> fatesCopy.put(table, Map.copyOf(counts)));
    fates = Collections.unmodifiableMap(fatesCopy);
    refusals = Collections.unmodifiableMap(new TreeMap<>(refusals));
  }

  /// Lines that could not be read for one reason.
  ///
  /// @param samples numbers of the first few of them, from 1
  public record UnreadableLines(long count, List<Long> samples) {

    public UnreadableLines {
      samples = List.copyOf(samples);
    }
  }

  /// Records that were refused for one reason.
  ///
  /// @param detail what was said of the first one
  public record Refusals(long count, String detail) {}

  /// How many records of a fact table had a fate.
  public long count(FactTable table, RecordFate fate) {
    return fates.getOrDefault(table, Map.of()).getOrDefault(fate, 0L);
  }

  /// How many records of a fact table there were.
  public long count(FactTable table) {
    return fates.getOrDefault(table, Map.of()).values().stream().mapToLong(Long::longValue).sum();
  }

  public long unreadableLines() {
    return unreadable.values().stream().mapToLong(UnreadableLines::count).sum();
  }
}
