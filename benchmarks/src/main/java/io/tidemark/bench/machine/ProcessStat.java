package io.tidemark.bench.machine;

import java.util.Optional;

/// What `/proc/PID/stat` says of a process (proc_pid_stat(5)); times in clock ticks.
///
/// @param ownTicks CPU time of the process itself, in user mode and in the kernel
/// @param collectedTicks the same of its children that have ended and were waited for
record ProcessStat(long processId, String name, long parentId, long ownTicks, long collectedTicks) {

  private static final int PARENT = 1;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int COLLECTED_USER_TICKS = 13;
  private static final int COLLECTED_SYSTEM_TICKS = 14;

  /// Empty when the text is not of that form. The name may hold blanks and parentheses, so the last
  /// parenthesis ends it.
  static Optional<ProcessStat> parse(String text) {
    int nameStart = text.indexOf('(');
    int nameEnd = text.lastIndexOf(')');
    if (nameStart < 2 || nameEnd < nameStart || nameEnd + 2 > text.length()) {
      return Optional.empty();
    }
    String[] fields = text.substring(nameEnd + 1).strip().split(" ", -1);
    if (fields.length <= COLLECTED_SYSTEM_TICKS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcessStat(
              Long.parseLong(text.substring(0, nameStart).strip()),
              text.substring(nameStart + 1, nameEnd),
              Long.parseLong(fields[PARENT]),
              Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]),
              Long.parseLong(fields[COLLECTED_USER_TICKS])
                  + Long.parseLong(fields[COLLECTED_SYSTEM_TICKS])));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
