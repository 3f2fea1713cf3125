package io.tidemark.bench.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server answered.
///
/// @param closes whether it ends the connection after this answer
/// @param body may be empty
public record HttpAnswer(int status, boolean closes, String body) {

  private static final Pattern ACCEPTED = Pattern.compile("\"accepted\":\\s*(\\d{1,9})");
  private static final Pattern DUPLICATES = Pattern.compile("\"duplicates\":\\s*(\\d{1,9})");

  /// How many records the intake says it stored; 0 when it does not say.
  public int accepted() {
    return number(ACCEPTED);
  }

  /// How many it says it had before; 0 when it does not say.
  public int duplicates() {
    return number(DUPLICATES);
  }

  /// Full for now: the same request may be sent again later.
  public boolean isTryLater() {
    return status == 429 || status == 503;
  }

  private int number(Pattern field) {
    Matcher matcher = field.matcher(body);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
