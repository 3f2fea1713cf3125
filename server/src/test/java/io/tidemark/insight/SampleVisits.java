package io.tidemark.insight;

import io.tidemark.record.ApiCall;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.FunnelStep;
import io.tidemark.record.MetricSample;
import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.SubscriptionState;
import io.tidemark.record.UserEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Visits of twelve members of the sample app, on the days that the guide to SQL asks about.
final class SampleVisits {

  private static final List<String> STEPS =
      List.of("page_visit", "image_upload", "effect_select", "result_download", "result_share");

  private SampleVisits() {}

  /// @param end when the last visits were
  static List<CapturedRecord> endingAt(Instant end) {
    List<CapturedRecord> records = new ArrayList<>();
    for (int member = 1; member <= 12; member++) {
      Person person = Person.user(String.format(Locale.ROOT, "user-%03d", member));
      Instant joined = Instant.parse("2026-03-01T00:00:00Z");
      boolean pays = member % 3 == 0;
      records.add(new PersonDescription(joined, null, person, pays ? "pro" : "free", null));
      if (pays) {
        records.add(
            new SubscriptionState(
                joined,
                "sub-" + member,
                person,
                "pro",
                BigDecimal.valueOf(29),
                "CNY",
                "ACTIVE",
                joined,
                null));
      }
      for (Instant day :
          List.of(
              Instant.parse("2026-03-28T23:20:00Z"),
              Instant.parse("2026-11-20T07:10:00Z"),
              Instant.parse("2026-11-20T19:10:00Z"),
              Instant.parse("2026-11-21T12:10:00Z"),
              Instant.parse("2026-11-22T05:10:00Z"),
              end.minus(Duration.ofHours(2)))) {
        visit(records, person, member, day.plusSeconds(61L * member));
      }
    }
    return records;
  }

  private static void visit(
      List<CapturedRecord> records, Person person, int member, Instant start) {
    String session = "s-" + member + "-" + start.getEpochSecond();
    for (int step = 0; step < STEPS.size() && (step < 2 || (member + step) % 6 != 0); step++) {
      FactOrigin origin =
          new FactOrigin(start.plusSeconds(40L * step), null, person, session, null);
      records.add(new FunnelStep(origin, STEPS.get(step), null));
      records.add(new UserEvent(origin, STEPS.get(step), "/studio"));
      records.add(new ApiCall(origin, "/api/effects", "GET", 200, 20.0 + member * step, true));
      records.add(new ApiCall(origin, "/api/images/{id}", "POST", 500, 90.0 + member, false));
      records.add(
          new MetricSample(
              origin, "effect_processing_time", 1_500 + 100.0 * member, "ms", "/studio"));
    }
  }
}
