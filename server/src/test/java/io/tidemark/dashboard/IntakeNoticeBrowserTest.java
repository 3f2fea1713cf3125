package io.tidemark.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.tidemark.access.KeyKind;
import io.tidemark.testing.TestBrowser;
import io.tidemark.testing.TidemarkServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees while the database takes no records: that it is so, and what was known
/// before.
class IntakeNoticeBrowserTest {

  private static final Pattern STOPPED =
      Pattern.compile(
          "Intake stopped since \\d\\d:\\d\\d: the database is read-only\\. Apps are told");
  private static final Pattern KEPT =
      Pattern.compile(
          "the database is read-only\\. Records are kept in the spool, which is 1 % full");

  private static TestBrowser chromium;

  @TempDir private Path directory;

  private TidemarkServer server;
  private String key;
  private BrowserContext visit;
  private Page page;
  private Locator notice;

  @BeforeAll
  static void start() {
    chromium = TestBrowser.launch();
    setDefaultAssertionTimeout(40_000);
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  @BeforeEach
  void open() {
    server =
        TidemarkServer.start(
            "tidemark.rollup.refresh-interval=PT0.2S", "tidemark.data-dir=" + directory);
    key = server.key(KeyKind.SECRET);
    visit = chromium.browser().newContext();
    page = visit.newPage();
    notice = page.locator("[data-test=intake-notice]");
  }

  @AfterEach
  void leave() {
    visit.close();
    server.close();
  }

  @Test
  void page_databaseReadOnly_saysThatIntakeStoppedAndKeepsItsNumbers() {
    record("before", 7);
    signIn();
    Locator people = page.locator("[data-test=live-people]");
    assertThat(people).hasText("7");
    assertThat(notice).hasCount(0);

    server.database().setReadOnly(true);

    assertThat(notice).containsText(STOPPED);
    assertThat(page.locator("[data-test=freshness][data-state=stale]")).isVisible();
    assertThat(people).hasText("7");
    assertThat(page.locator("[data-test=session-name]")).hasText("owner");
    assertThat(page.locator("[data-test=problem]")).hasCount(0);

    server.database().setReadOnly(false);

    assertThat(notice).hasCount(0);
    record("after", 2);
    assertThat(people).hasText("9");
    assertThat(page.locator("[data-test=problem]")).hasCount(0);
  }

  @Test
  void page_openedWhileDatabaseReadOnly_saysSoToWhoeverLooks() {
    server.database().setReadOnly(true);

    page.navigate(server.base().toString());

    assertThat(notice).containsText(STOPPED);
    assertThat(page.locator("[data-test=sign-in-notice]")).isVisible();
  }

  @Test
  void page_spoolOn_saysThatRecordsAreKept() {
    server.restart(
        "tidemark.rollup.refresh-interval=PT0.2S",
        "tidemark.data-dir=" + directory,
        "tidemark.spool=on");
    record("before", 1);
    signIn();
    Locator people = page.locator("[data-test=live-people]");
    assertThat(people).hasText("1");

    server.database().setReadOnly(true);
    assertThat(notice).containsText("is 0 % full");
    record("kept", 4);

    assertThat(notice).containsText(KEPT);

    server.database().setReadOnly(false);

    assertThat(people).hasText("5");
    assertThat(notice).hasCount(0);
  }

  private void signIn() {
    page.navigate(server.signInLink().toString());
    page.locator("[data-test=sign-in-button]").click();
  }

  private void record(String prefix, int people) {
    StringBuilder records = new StringBuilder();
    for (int person = 0; person < people; person++) {
      records.append(
          "{\"type\": \"user_event\", \"id\": \"%1$s-%2$d\", \"event_type\": \"page_view\", \"user_id\": \"%1$s-%2$d\"}%n"
              .formatted(prefix, person));
    }
    server.post(key, "application/x-ndjson", records.toString().getBytes(StandardCharsets.UTF_8));
  }
}
