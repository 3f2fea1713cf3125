package io.tidemark.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.tidemark.access.KeyKind;
import io.tidemark.testing.TestBrowser;
import io.tidemark.testing.TidemarkServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a person sees: signing in, and numbers that move while records arrive.
class LivePageBrowserTest {

  private static TestBrowser chromium;

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private TidemarkServer server;
  private String key;
  private BrowserContext visit;
  private Page page;

  @BeforeAll
  static void start() {
    chromium = TestBrowser.launch();
    setDefaultAssertionTimeout(20_000);
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @BeforeEach
  void open() {
    server = TidemarkServer.start("tidemark.rollup.refresh-interval=PT0.2S");
    key = server.key(KeyKind.SECRET);
    visit = chromium.browser().newContext();
    page = visit.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("401")) {
        complaints.add(message.text());
      }
    });
  }

  @AfterEach
  void leave() {
    visit.close();
    server.close();
  }

  @Test
  void page_withoutSession_saysHowToSignIn() {
    page.navigate(server.base().toString());

    assertThat(page.locator("[data-test=sign-in-notice]")).containsText("./tidemark sign-in");
    assertThat(complaints).isEmpty();
  }

  @Test
  void page_signedIn_showsNumbersThatMoveWhileRecordsArrive() {
    record("first", 40, 120);
    signIn();
    Locator people = page.locator("[data-test=live-people]");
    assertThat(people).hasText("40");
    assertThat(page.locator("[data-test=endpoint-row]")).hasCount(1);
    assertThat(page.locator("[data-test=endpoint-row]")).containsText("/api/effects");
    assertThat(page.locator("[data-test=funnel-step]").first()).containsText("40");
    assertThat(page.locator("[data-test=metric-row]")).containsText("40");

    record("second", 70, 900);

    assertThat(people).hasText("110");
    assertThat(page.locator("[data-test=live-p95]")).containsText("900");
    assertThat(complaints).isEmpty();
  }

  @Test
  void page_recordRefused_saysWhy() {
    server.post(
        key,
        "application/json",
        "[{\"type\": \"conversion_funnel\"}]".getBytes(StandardCharsets.UTF_8));
    server.post(key, "application/json", "no JSON".getBytes(StandardCharsets.UTF_8));
    record("refused", 1, 10);

    signIn();

    Locator rows = page.locator("[data-test=refusal-row]");
    assertThat(rows).hasCount(2);
    assertThat(rows.filter(new Locator.FilterOptions().setHasText("step is required")))
        .containsText("conversion_funnel");
    assertThat(rows.filter(new Locator.FilterOptions().setHasText("whole request"))).isVisible();
  }

  @Test
  void signInLink_usedTwice_isRefusedTheSecondTime() {
    String link = server.signInLink().toString();
    page.navigate(link);
    page.locator("[data-test=sign-in-button]").click();
    assertThat(page.locator("[data-test=session-name]")).hasText("owner");
    visit.clearCookies();

    page.navigate("about:blank");
    page.navigate(link);
    page.locator("[data-test=sign-in-button]").click();

    assertThat(page.locator("[data-test=sign-in-message]")).containsText("used");
  }

  private void signIn() {
    page.navigate(server.signInLink().toString());
    page.locator("[data-test=sign-in-button]").click();
  }

  /// A visit, a metric sample and an API call of so many people.
  private void record(String prefix, int people, int millis) {
    String records =
        IntStream.range(0, people)
            .mapToObj(person ->
                """
                {"type": "conversion_funnel", "id": "%1$s-f-%2$d", "step": "page_visit", "user_id": "%1$s-%2$d"},
                {"type": "performance_metric", "id": "%1$s-m-%2$d", "metric": "LCP", "value": %3$d, "unit": "ms"},
                {"type": "api_response_time", "id": "%1$s-a-%2$d", "endpoint": "/api/effects", "method": "GET",
                 "status_code": 200, "response_time_ms": %3$d}
                """
                    .formatted(prefix, person, millis))
            .collect(Collectors.joining(","));
    server.post(
        key,
        "application/json",
        ("{\"records\": [" + records + "]}").getBytes(StandardCharsets.UTF_8));
  }
}
