package io.tidemark.capture.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.capture.accesslog.AccessLogLine.Request;
import io.tidemark.record.ApiCall;
import io.tidemark.record.Fact;
import io.tidemark.record.Person;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.UserEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogRecordsTest {

  private static final UUID SALT = UUID.fromString("6b0a1f2e-9f0b-4c63-8a51-0e6b5f1a7c11");
  private static final Instant AT = Instant.parse("2015-05-17T10:05:03Z");
  private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0";

  private final AccessLogRecords records = new AccessLogRecords(SALT);

  @Test
  void of_pageAskedForByAPerson_isACallAndAPageView() {
    List<Fact> facts = records.of("line", request("GET", "/projects/?page=2", 200, BROWSER));

    assertThat(facts).hasSize(2);
    ApiCall call = (ApiCall) facts.get(0);
    assertThat(call.at()).isEqualTo(AT);
    assertThat(call.endpoint()).isEqualTo("/projects/");
    assertThat(call.method()).isEqualTo("GET");
    assertThat(call.statusCode()).isEqualTo(200);
    assertThat(call.responseTimeMillis()).isNull();
    UserEvent view = (UserEvent) facts.get(1);
    assertThat(view.eventType()).isEqualTo("page_view");
    assertThat(view.page()).isEqualTo("/projects/");
    assertThat(view.person()).isNotNull().isEqualTo(call.person());
  }

  @ParameterizedTest
  @CsvSource({
    "GET,304,2",
    "GET,206,2",
    "GET,301,1",
    "GET,404,1",
    "GET,500,1",
    "POST,200,1",
    "HEAD,200,1"
  })
  void of_onlyPagesThatWereShown_arePageViews(String method, int status, int expected) {
    assertThat(records.of("line", request(method, "/", status, BROWSER))).hasSize(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/blog/tags/puppet",
        "/blog/ssl-latency.html",
        "/index.PHP?x=1.css",
        "/release/v1.2",
        "/files/logstash-1.3/",
        "/people/john.longname",
        "/a;jsessionid=1.js"
      })
  void of_pages_arePageViews(String target) {
    assertThat(records.of("line", request("GET", target, 200, BROWSER))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/style2.css", "/app.js", "/images/a.PNG", "/favicon.ico", "/font.woff2", "/robots.txt",
        "/a.jar", "/feed.xml", "/data.json", "/api/orders", "/v2/API/orders", "/.well-known/x",
        "/_next/data", "/graphql"
      })
  void of_assetsAndCallsOfPrograms_areNoPageViews(String target) {
    assertThat(records.of("line", request("GET", target, 200, BROWSER))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
        "Baiduspider",
        "UniversalFeedParser/4.2",
        "curl/8.5.0",
        "python-requests/2.32"
      })
  void of_robots_areCallsOfNobody(String agent) {
    List<Fact> facts = records.of("line", request("GET", "/", 200, agent));

    assertThat(facts).hasSize(1).allMatch(fact -> fact.person() == null);
  }

  @Test
  void of_noAgent_isARobot() {
    assertThat(records.of("line", request("GET", "/", 200, null))).hasSize(1);
  }

  @Test
  void of_telephoneCalledCubot_isAPerson() {
    String agent = "Mozilla/5.0 (Linux; Android 13; CUBOT P80) Chrome/130.0 Mobile";

    assertThat(records.of("line", request("GET", "/", 200, agent))).hasSize(2);
  }

  @Test
  void of_referrer_leavesItsHostOnly() {
    assertThat(viewWithReferrer("https://example.com/a?b").origin().properties())
        .isEqualTo("{\"referrer_host\":\"example.com\"}");
    assertThat(viewWithReferrer("nonsense").origin().properties()).isNull();
  }

  @Test
  void of_people_arePseudonymsOfAddressAgentAndSalt() {
    String name = personId(records, "203.0.113.7", BROWSER);

    assertThat(name).matches("log-[0-9a-f]{16}");
    assertThat(personId(new AccessLogRecords(SALT), "203.0.113.7", BROWSER)).isEqualTo(name);
    assertThat(personId(records, "203.0.113.8", BROWSER)).isNotEqualTo(name);
    assertThat(personId(records, "203.0.113.7", BROWSER + "1")).isNotEqualTo(name);
    assertThat(personId(new AccessLogRecords(new UUID(1, 2)), "203.0.113.7", BROWSER))
        .isNotEqualTo(name);
  }

  @Test
  void of_callAndViewAndEqualLines_haveIdentitiesOfTheirOwn() {
    Request request = request("GET", "/", 200, BROWSER);

    List<Fact> first = records.of("line", request);
    List<Fact> second = records.of("line", request);

    assertThat(List.of(first.get(0), first.get(1), second.get(0), second.get(1)))
        .extracting(Fact::identity)
        .doesNotContainNull()
        .doesNotHaveDuplicates();
  }

  @Test
  void of_sameLinesAgain_giveTheSameIdentities() {
    Request request = request("GET", "/", 200, BROWSER);
    List<RecordIdentity> before =
        List.of(
            identity(records, "a", request),
            identity(records, "a", request),
            identity(records, "b", request));

    AccessLogRecords again = new AccessLogRecords(SALT);

    assertThat(
            List.of(
                identity(again, "a", request),
                identity(again, "a", request),
                identity(again, "b", request)))
        .isEqualTo(before);
  }

  @Test
  void next_moreLinesThanRemembered_forgetsTheOldestOnly() {
    LineOccurrences occurrences = new LineOccurrences(2);
    occurrences.next("a");
    occurrences.next("b");
    occurrences.next("a");

    occurrences.next("c");

    assertThat(occurrences.next("a")).isEqualTo(3);
    assertThat(occurrences.next("b")).isEqualTo(1);
  }

  private UserEvent viewWithReferrer(String referrer) {
    Request request = new Request("h", AT, "GET", "/", 200, referrer, BROWSER, null);
    return (UserEvent) records.of("line", request).get(1);
  }

  private static RecordIdentity identity(AccessLogRecords records, String line, Request request) {
    return Objects.requireNonNull(records.of(line, request).getFirst().identity());
  }

  private static String personId(AccessLogRecords records, String address, String agent) {
    Request request = new Request(address, AT, "GET", "/", 200, null, agent, null);
    Person person = Objects.requireNonNull(records.of("line", request).getFirst().person());
    assertThat(person.isKnown()).isFalse();
    return person.id();
  }

  private static Request request(String method, String target, int status, @Nullable String agent) {
    return new Request("203.0.113.7", AT, method, target, status, null, agent, null);
  }
}
