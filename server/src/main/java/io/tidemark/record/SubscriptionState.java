package io.tidemark.record;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The state of a subscription. The newest by event time holds, so that sending one twice changes
/// nothing.
///
/// @param subscriptionId the id the app gave
/// @param person whose it is
/// @param price of one period, in `currency`
/// @param currency in capitals, whatever was sent, and without blanks around it; null when nothing
///   is left
/// @param status `ACTIVE`, `CANCELED`, … as sent, without blanks around it; null when nothing is
///   left
public record SubscriptionState(
    Instant at,
    String subscriptionId,
    Person person,
    @Nullable String tier,
    @Nullable BigDecimal price,
    @Nullable String currency,
    @Nullable String status,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt)
    implements CapturedRecord {

  public SubscriptionState {
    at = at.truncatedTo(ChronoUnit.MICROS);
    currency = currency == null ? null : said(currency.toUpperCase(Locale.ROOT));
    status = status == null ? null : said(status);
  }

  private static @Nullable String said(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return start == end ? null : text.substring(start, end);
  }

  /// Also those that do not break, which spreadsheets leave behind.
  private static boolean isBlank(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /// Its id names the subscription, not this message about it.
  @Override
  public @Nullable RecordIdentity identity() {
    return null;
  }
}
