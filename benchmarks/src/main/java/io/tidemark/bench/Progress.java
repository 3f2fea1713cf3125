package io.tidemark.bench;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Tells the person who waits what goes on. Lines go to standard error: results stay alone on
/// standard output.
public record Progress(PrintWriter target) {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  public void tell(String line) {
    target.println(CLOCK.format(LocalTime.now(ZoneId.systemDefault())) + "  " + line);
    target.flush();
  }
}
