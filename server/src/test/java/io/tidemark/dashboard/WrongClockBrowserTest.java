package io.tidemark.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.tidemark.access.KeyKind;
import io.tidemark.testing.TestBrowser;
import io.tidemark.testing.TidemarkServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person sees whose computer does not know what time it is: the same as anybody.
class WrongClockBrowserTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

  private static TestBrowser chromium;
  private static TidemarkServer server;

  @BeforeAll
  static void start() {
    chromium = TestBrowser.launch();
    setDefaultAssertionTimeout(20_000);
    server = TidemarkServer.start("tidemark.rollup.refresh-interval=PT0.2S");
    server.post(
        server.key(KeyKind.SECRET),
        "application/json",
        """
        [{"type": "api_response_time", "id": "a", "endpoint": "/api/effects", "method": "GET", "status_code": 200, "response_time_ms": 12},
         {"type": "conversion_funnel"}]
        """
            .getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    server.close();
    chromium.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {-9, 9})
  void page_clockDaysOff_showsTheRangeOfTheServer(int daysOff) {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (BrowserContext visit =
        chromium
            .browser()
            .newContext(new Browser.NewContextOptions().setTimezoneId(ZONE.getId()))) {
      Page page = visit.newPage();
      page.clock()
          .install(
              new Clock.InstallOptions()
                  .setTime(Date.from(Instant.now().plus(Duration.ofDays(daysOff)))));
      page.onRequest(request -> asked.add(request.url()));

      page.navigate(server.signInLink().toString());
      page.locator("[data-test=sign-in-button]").click();

      assertThat(page.locator("[data-test=endpoint-row]")).hasCount(1);
      assertThat(page.locator("[data-test=newest-data]")).hasCount(0);
      Locator fresh = page.locator("[data-test=freshness]");
      assertThat(fresh).hasAttribute("data-state", "fresh");
      assertThat(fresh).containsText(Pattern.compile("As of \\d+(\\.\\d)? s ago"));
      assertThat(page.locator("[data-test=refusal-row] td").nth(3))
          .hasText(Pattern.compile("\\d\\d:\\d\\d"));
      assertThat(asked)
          .anyMatch(url -> url.contains("insights/endpoints?from=-PT24H&zone=Asia%2F"))
          .noneMatch(url -> url.contains("&to="));

      page.locator("[data-test=range-option][value='7d']").click();
      assertThat(page.locator("[data-test=endpoint-row]")).hasCount(1);
      page.locator("[data-test=endpoint-row] button").click();
      assertThat(page.locator("[data-test=endpoint-trend]")).containsText("Requests by hour");
      page.locator("[data-test=range-option][value=custom]").click();
      LocalDate today = LocalDate.now(ZONE);
      assertThat(page.locator("[data-test=range-to]")).hasValue(today.toString());
      assertThat(page.locator("[data-test=range-from]")).hasValue(today.minusDays(6).toString());
      assertThat(asked).anyMatch(url -> url.contains("from=-P7D&zone=Asia%2F"));
    }
  }
}
