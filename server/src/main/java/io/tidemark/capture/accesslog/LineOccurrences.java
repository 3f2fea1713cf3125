package io.tidemark.capture.accesslog;

import java.util.LinkedHashMap;
import java.util.Map;

/// Counts how often a line came already, so that equal lines are told apart: the second of them is
/// the second in every import of that log.
///
/// Memory is bounded by forgetting the line that was seen longest ago. Equal lines carry the same
/// second and so stand near each other. Where they do not (a log sorted by address), a forgotten
/// line counts as the first again and its request is taken for one already stored: it can be lost,
/// never doubled. Not thread-safe.
final class LineOccurrences {

  private final Map<String, Integer> counts;

  /// @param remembered how many different lines are remembered
  LineOccurrences(int remembered) {
    this.counts =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > remembered;
          }
        };
  }

  /// 1 for the first line of its kind, 2 for the second, …
  int next(String lineHash) {
    return counts.merge(lineHash, 1, Integer::sum);
  }
}
