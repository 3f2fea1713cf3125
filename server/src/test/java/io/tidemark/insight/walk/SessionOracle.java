package io.tidemark.insight.walk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Where sessions end, said plainly.
public final class SessionOracle {

  private SessionOracle() {}

  /// @param rows of one person, all of one session of the client or all of none
  /// @return sessions, each by time; rows of one instant as they were handed in
  public static <T> List<List<T>> sessions(
      List<T> rows, Function<T, Instant> at, boolean isClients) {
    List<List<T>> sessions = new ArrayList<>();
    List<T> current = new ArrayList<>();
    for (T row : rows.stream().sorted(Comparator.comparing(at)).toList()) {
      if (!current.isEmpty()) {
        Duration silence = Duration.between(at.apply(current.getLast()), at.apply(row));
        Duration length = Duration.between(at.apply(current.getFirst()), at.apply(row));
        boolean isOver =
            isClients
                ? silence.compareTo(Duration.ofHours(24)) > 0
                : silence.compareTo(Duration.ofMinutes(30)) > 0
                    || length.compareTo(Duration.ofHours(24)) > 0;
        if (isOver) {
          sessions.add(current);
          current = new ArrayList<>();
        }
      }
      current.add(row);
    }
    if (!current.isEmpty()) {
      sessions.add(current);
    }
    return sessions;
  }
}
