package io.tidemark.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import io.tidemark.testing.TestBrowser;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What somebody sees who has a link and nothing else.
class SharedPageBrowserTest {

  private static final int PHONE = 360;

  private static TestBrowser chromium;
  private static SampleRecords records;

  private PageVisit visit;

  @BeforeAll
  static void start() {
    chromium = TestBrowser.launch();
    setDefaultAssertionTimeout(20_000);
    records = new SampleRecords();
  }

  @AfterAll
  static void stop() {
    records.close();
    chromium.close();
  }

  @BeforeEach
  void open() {
    visit = new PageVisit(chromium, PHONE);
  }

  @AfterEach
  void leave() {
    visit.close();
  }

  @Test
  void dashboard_openedByLink_showsEachAnswerAsAFittingPicture() {
    String dashboard =
        dashboard(
            records.save(
                "Way to an upload",
                "{\"question\": \"funnel\", \"from\": \"-PT24H\", \"steps\": [{\"step\": \"page_visit\"}, {\"step\": \"image_upload\"}]}"),
            records.save(
                "Uploads",
                "{\"question\": \"trend\", \"from\": \"-P2D\", \"zone\": \"Asia/Kolkata\", \"series\": [{\"name\": \"uploads\", \"step\": \"image_upload\"}]}"),
            records.save("Who comes back", "{\"question\": \"retention\", \"from\": \"-P2D\"}"),
            records.save(
                "Who went no further",
                "{\"question\": \"funnel-people\", \"step\": 2, \"outcome\": \"dropped\", \"funnel\": {\"from\": \"-PT24H\", \"steps\": [{\"step\": \"page_visit\"}, {\"step\": \"image_upload\"}]}}"));

    visit.page().navigate(address(records.created(dashboard + "/links", "")));

    assertThat(visit.part("shared-name")).hasText("Monday");
    Locator questions = visit.part("question");
    assertThat(questions).hasCount(4);
    assertThat(questions.nth(0).locator("[data-test=funnel-step]").nth(1)).containsText("10");
    assertThat(questions.nth(1).locator("canvas")).isVisible();
    assertThat(questions.nth(1).locator("[data-test=trend-line]")).containsText("uploads");
    assertThat(questions.nth(1).locator("[data-test=answer-about]")).containsText("Asia/Kolkata");
    assertThat(questions.nth(1).locator("[data-test=answer-about]")).containsText("as of");
    assertThat(questions.nth(2).locator("[data-test=cohort]").first()).isVisible();
    assertThat(questions.nth(3).locator("[data-test=answer-table]").first()).isVisible();
    assertThat(questions.nth(3)).containsText("person-");
    assertThat(questions.nth(3)).not().containsText("somebody-");
    assertThat(visit.isWiderThanItsWindow()).isFalse();
    assertThat(visit.complaints()).isEmpty();
  }

  @Test
  void question_openedByLink_givesItsRowsAsCsv() throws Exception {
    String question = records.save("Calls", "{\"question\": \"api-totals\", \"from\": \"-PT24H\"}");
    visit.page().navigate(address(link(question)));
    assertThat(visit.part("answer-about")).isVisible();

    Download csv = visit.page().waitForDownload(() -> visit.part("csv").click());

    assertThat(Files.readString(csv.path())).startsWith("at,requests,");
    assertThat(csv.suggestedFilename()).endsWith(".csv");
  }

  @Test
  void token_isSentToTheApiAloneAndNoReferrerTellsIt() {
    JsonNode link = link(records.save("Calls", "{\"question\": \"api-totals\"}"));
    String token = link.get("token").asString();

    visit.page().navigate(address(link));

    assertThat(visit.part("answer-about")).isVisible();
    assertThat(visit.requests())
        .filteredOn(address -> address.contains(token))
        .allMatch(address ->
            address.contains("#" + token) || address.contains("/api/v1/shared/" + token));
    assertThat(visit.referrers()).isEmpty();
  }

  @Test
  void link_revokedOrUnknown_saysSo() {
    String question = records.save("Calls", "{\"question\": \"api-totals\"}");
    JsonNode link = link(question);
    String revoking =
        "/api/v1/saved-questions/%s/links/%s".formatted(question, link.get("id").asString());
    assertThat(records.send("DELETE", revoking, "").statusCode()).isEqualTo(204);

    visit.page().navigate(address(link));
    assertThat(visit.part("not-shared")).containsText("revoked");

    visit.page().navigate("about:blank");
    visit.page().navigate(records.server().base().resolve("/shared").toString());
    assertThat(visit.part("not-shared")).containsText("shows nothing");
    assertThat(visit.complaints()).isEmpty();
  }

  private static JsonNode link(String question) {
    return records.created("/api/v1/saved-questions/" + question + "/links", "");
  }

  private static String dashboard(String... questions) {
    String body =
        "{\"name\": \"Monday\", \"description\": \"What we look at\", \"questions\": [\"%s\"]}"
            .formatted(String.join("\", \"", questions));
    return "/api/v1/dashboards/" + records.created("/api/v1/dashboards", body).get("id").asString();
  }

  private static String address(JsonNode link) {
    return records.server().base().resolve(link.get("path").asString()).toString();
  }
}
