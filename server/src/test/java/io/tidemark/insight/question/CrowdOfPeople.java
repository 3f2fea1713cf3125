package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// People with names, sessions, traits and properties that are nowhere else: [#MARK] is in each of
/// them. Eight are known, four are not, and one of each is called the same.
final class CrowdOfPeople {

  static final String MARK = "zqx";
  static final String TWIN = "zqx-twin";
  static final String SOMEBODY = "zqx-known-1";

  private CrowdOfPeople() {}

  /// What they did on 5 October 2026 between 10:00 and 11:00, each type of record with all of its
  /// fields.
  static void arrive(TidemarkServer server) {
    List<String> records = new ArrayList<>();
    for (int person = 0; person < 8; person++) {
      String name = person == 0 ? TWIN : MARK + "-known-" + person;
      String named = "\"user_id\": \"%s\"".formatted(name);
      records.addAll(deeds(named, person));
      records.add(
          """
          {"type": "user", "timestamp": "2026-10-01T00:00:00Z", %s, "subscription_tier": "PRO",
           "traits": {"email": "%s-mail-%d@example.org", "country": "%s-land-%d", "segment": "early"}}
          """
              .formatted(named, MARK, person, MARK, person));
      records.add(
          """
          {"type": "subscription", "id": "%s-subscription-%d", "timestamp": "2026-10-05T10:30:00Z", %s, "tier": "PRO", "price": 12,
           "currency": "EUR", "status": "ACTIVE", "started_at": "2026-10-05T10:30:00Z"}
          """
              .formatted(MARK, person, named));
    }
    for (int person = 0; person < 4; person++) {
      String name = person == 0 ? TWIN : MARK + "-anonymous-" + person;
      records.addAll(deeds("\"anonymous_id\": \"%s\"".formatted(name), 10 + person));
    }
    HttpResponse<String> answer = store(server, records);
    assertThat(answer.body()).contains("\"rejected\":0");
    store(
        server,
        List.of(
            "{\"type\": \"user_event\", \"id\": \"zqx-id\", \"user_id\": \"zqx\", \"anonymous_id\": \"zqx\", \"session_id\": 7}",
            "{\"type\": \"zqx-type\", \"id\": \"zqx-id\", \"user_id\": \"zqx\"}",
            "{\"type\": \"user\", \"user_id\": \"zqx\", \"traits\": {\"zqx\": \"\\u0000\"}}",
            "{\"type\": \"user_event\", \"zqx_field\": 1, \"user_id\": {\"zqx\": 1}}"));
  }

  private static HttpResponse<String> store(TidemarkServer server, List<String> records) {
    return server.post(
        server.key(KeyKind.SECRET),
        "application/json",
        ("[" + String.join(",", records) + "]").getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> deeds(String named, int person) {
    String common =
        """
        %s, "session_id": "%s-session-%d", "properties": {"plan": "pro", "nth": %d, "email": "%s-mail-%d@example.org", \
        "userEmail": "%s-mail-%d@example.org", "contact": {"phone": "%s-phone-%d"}, "session_id": "%s-session-%d"}\
        """
            .formatted(
                named, MARK, person, person, MARK, person, MARK, person, MARK, person, MARK,
                person);
    return List.of(
        """
        {"type": "user_event", "timestamp": "2026-10-05T10:%02d:00Z", "event_type": "visit", "page": "/start", %s}
        """
            .formatted(person, common),
        """
        {"type": "user_event", "timestamp": "2026-10-05T10:%02d:01Z", "event_type": "upload", "page": "/upload", %s}
        """
            .formatted(person, common),
        """
        {"type": "conversion_funnel", "timestamp": "2026-10-05T10:%02d:02Z", "step": "page_visit", "effect_id": "blur", %s}
        """
            .formatted(person, common),
        """
        {"type": "conversion_funnel", "timestamp": "2026-10-05T10:%02d:03Z", "step": "image_upload", "effect_id": "blur", %s}
        """
            .formatted(person, common),
        """
        {"type": "performance_metric", "timestamp": "2026-10-05T10:%02d:04Z", "metric": "load", "value": 12, "unit": "ms", "page": "/", %s}
        """
            .formatted(person, common),
        """
        {"type": "api_response_time", "timestamp": "2026-10-05T10:%02d:00.5Z", "endpoint": "/api/effects", "method": "GET", \
        "status_code": 200, "response_time_ms": 61, "cache_hit": true, %s}
        """
            .formatted(person, common));
  }
}
