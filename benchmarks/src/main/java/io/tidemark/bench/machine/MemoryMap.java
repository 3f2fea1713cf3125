package io.tidemark.bench.machine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `/proc/PID/smaps_rollup` says (proc_pid_smaps(5)).
final class MemoryMap {

  private static final Pattern PROPORTIONAL = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB$");

  private MemoryMap() {}

  /// The proportional set size; 0 for a process without memory of its own, as one that is ending.
  static long proportionalBytes(String text) {
    Matcher matcher = PROPORTIONAL.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : 0;
  }
}
