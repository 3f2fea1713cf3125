package io.tidemark.capture.accesslog;

import static io.tidemark.capture.accesslog.RecordFate.REFUSED;
import static io.tidemark.capture.accesslog.RecordFate.STORED;
import static io.tidemark.capture.accesslog.RecordFate.STORED_BEFORE;
import static io.tidemark.capture.accesslog.RecordFate.TOO_FAR_AHEAD;
import static io.tidemark.capture.accesslog.RecordFate.TOO_OLD;
import static java.time.ZoneOffset.UTC;

import io.tidemark.record.FactTable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// What became of a log, for people. Pure: no clock, no terminal.
public final class SummaryText {

  /// The tables that a log fills, in the order they are told of.
  private static final List<FactTable> TABLES =
      List.of(FactTable.API_RESPONSE_TIME, FactTable.USER_EVENT);

  /// So that what is kept now is not too old again soon.
  private static final int SPARE_YEARS = 3;

  private SummaryText() {}

  /// Some lines of text, each with a line end.
  ///
  /// @param file as it was given, `-` for standard input
  /// @param now what ages are measured from
  public static String of(ImportSummary summary, TimePolicy timePolicy, String file, Instant now) {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    text.add(headline(summary, file));
    for (FactTable table : TABLES) {
      if (summary.count(table) > 0) {
        text.add(fates(summary, table));
      }
    }
    summary
        .refusals()
        .forEach((code, refusals) ->
            text.add(
                "  %s refused: %s".formatted(number(refusals.count()), code)
                    + " ("
                    + refusals.detail()
                    + ")"));
    addUnreadable(summary, text);
    addTooOld(summary, timePolicy, file, now, text);
    switch (summary.ending()) {
      case ImportEnding.Complete() -> {}
      case ImportEnding.Stopped() ->
          text.add("Stopped. Run the same command again to go on: nothing is stored twice.");
      case ImportEnding.Broken(String reason) ->
          text.add("Not finished: " + reason)
              .add("Run the same command again to go on: nothing is stored twice.");
    }
    return text.toString();
  }

  private static String headline(ImportSummary summary, String file) {
    String source = file.equals("-") ? "standard input" : file;
    String read =
        "%s of %s, %s"
            .formatted(
                counted(summary.lines(), "line"), source, counted(summary.requests(), "request"));
    return summary.first() == null
        ? read + "."
        : read + " from " + summary.first() + " to " + summary.last() + ".";
  }

  private static String fates(ImportSummary summary, FactTable table) {
    StringJoiner fates = new StringJoiner(", ");
    fates.add(number(summary.count(table, STORED)) + " stored");
    addFate(fates, summary.count(table, STORED_BEFORE), "stored before");
    addFate(fates, summary.count(table, REFUSED), "refused");
    addFate(fates, summary.count(table, TOO_OLD), "too old");
    addFate(fates, summary.count(table, TOO_FAR_AHEAD), "too far in the future");
    if (table == FactTable.API_RESPONSE_TIME) {
      return "  Requests:   " + fates;
    }
    boolean isAll = summary.people() < ImportTally.MOST_PEOPLE_COUNTED;
    String people = summary.people() == 1 ? "1 person" : number(summary.people()) + " people";
    return "  Page views: " + fates + "; by " + (isAll ? "" : "at least ") + people;
  }

  private static void addFate(StringJoiner fates, long count, String fate) {
    if (count > 0) {
      fates.add(number(count) + " " + fate);
    }
  }

  private static void addUnreadable(ImportSummary summary, StringJoiner text) {
    if (summary.unreadable().isEmpty()) {
      return;
    }
    text.add(counted(summary.unreadableLines(), "line") + " could not be read:");
    summary
        .unreadable()
        .forEach((reason, lines) ->
            text.add(
                "  %s: %s (%s %s%s)"
                    .formatted(
                        number(lines.count()),
                        reason.text(),
                        lines.samples().size() == 1 ? "line" : "lines",
                        lines.samples().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")),
                        lines.count() > lines.samples().size() ? ", …" : "")));
  }

  private static void addTooOld(
      ImportSummary summary, TimePolicy timePolicy, String file, Instant now, StringJoiner text) {
    List<String> settings = new ArrayList<>();
    for (FactTable table : TABLES) {
      long count = summary.count(table, TOO_OLD);
      if (count > 0 && summary.first() != null) {
        text.add(
            "%s older than %s detail is kept (%s)."
                .formatted(
                    table == FactTable.USER_EVENT
                        ? counted(count, "page view") + (count == 1 ? " is" : " are")
                        : counted(count, "line") + (count == 1 ? " is" : " are"),
                    table.tableName(),
                    timePolicy.keptFor(table)));
        settings.add(
            "TIDEMARK_RETENTION_%s=P%dY"
                .formatted(
                    table.tableName().toUpperCase(Locale.ROOT), yearsToKeep(summary.first(), now)));
      }
    }
    if (!settings.isEmpty()) {
      text.add("To keep them, with the same settings for the server:");
      text.add("  " + String.join(" ", settings) + " ./tidemark import " + shellWord(file));
    }
  }

  private static int yearsToKeep(Instant first, Instant now) {
    Period age = Period.between(LocalDate.ofInstant(first, UTC), LocalDate.ofInstant(now, UTC));
    return Math.max(0, age.getYears()) + 1 + SPARE_YEARS;
  }

  private static String shellWord(String word) {
    return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String counted(long count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
