package io.tidemark.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.tidemark.access.KeyKind;
import io.tidemark.partition.Partitions;
import io.tidemark.rollup.RollupRebuild;
import io.tidemark.rollup.RollupVerification;
import io.tidemark.testing.TestBrowser;
import io.tidemark.testing.TidemarkServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a person sees when numbers are found to differ from detail, until they are mended.
class TruthNoticeBrowserTest {

  private static TestBrowser chromium;
  private static TidemarkServer server;

  @BeforeAll
  static void start() {
    chromium = TestBrowser.launch();
    setDefaultAssertionTimeout(40_000);
    server = TidemarkServer.start("tidemark.rollup.refresh-interval=PT0.2S");
  }

  @AfterAll
  static void stop() {
    server.close();
    chromium.close();
  }

  @Test
  void page_rollupDiffersFromDetail_saysSoUntilItIsMended() throws Exception {
    String key = server.key(KeyKind.SECRET);
    server.post(
        key,
        "application/x-ndjson",
        "{\"type\": \"user_event\", \"id\": \"e-1\", \"event_type\": \"page_view\", \"user_id\": \"u-1\"}"
            .getBytes(StandardCharsets.UTF_8));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.database().count("SELECT count(*) FROM event_rollup") == 3);
    try (BrowserContext visit = chromium.browser().newContext()) {
      Page page = visit.newPage();
      page.navigate(server.signInLink().toString());
      page.locator("[data-test=sign-in-button]").click();
      Locator notice = page.locator("[data-test=truth-notice]");
      assertThat(page.locator("[data-test=live-people]")).hasText("1");
      assertThat(notice).hasCount(0);

      server.database().jdbc().sql("UPDATE event_rollup_unpacked SET events = events + 1").update();
      verification().verify(null, (done, total) -> true);

      assertThat(notice)
          .containsText("Numbers differ from detail in 3 places. The last one found: event_rollup");

      rebuild().rebuild(null, (done, total) -> true);

      assertThat(notice).hasCount(0);
    }
  }

  private static RollupVerification verification() {
    return new RollupVerification(
        server.database().dataSource(), partitions(), InstantSource.system(), new Random(1));
  }

  private static RollupRebuild rebuild() {
    return new RollupRebuild(server.database().dataSource(), partitions(), InstantSource.system());
  }

  private static Partitions partitions() {
    return new Partitions(server.database().dataSource(), 1, InstantSource.system());
  }
}
