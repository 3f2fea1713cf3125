package io.tidemark.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.tidemark.testing.TestBrowser;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a person does with questions and dashboards.
class QuestionsPageBrowserTest {

  private static final int WIDE = 1200;
  private static final int PHONE = 360;
  private static final String FUNNEL =
      "{\"question\": \"funnel\", \"from\": \"-PT24H\", \"steps\": [{\"step\": \"page_visit\"}, {\"step\": \"image_upload\"}]}";

  private static TestBrowser chromium;
  private static SampleRecords records;

  private PageVisit visit;
  private Page page;

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
    visit = new PageVisit(chromium, WIDE);
    page = visit.page();
  }

  @AfterEach
  void leave() {
    visit.close();
  }

  @Test
  void page_withoutSession_saysHowToSignIn() {
    page.navigate(records.server().base().resolve("/questions").toString());

    assertThat(visit.part("sign-in-notice")).containsText("./tidemark sign-in");
    assertThat(visit.complaints()).isEmpty();
  }

  @Test
  void question_fromAnExample_isTriedSavedChangedAndDeleted() {
    signIn();
    visit.part("questions-link").click();
    visit.part("new-question").click();
    visit.part("example").selectOption("0");
    assertThat(visit.part("document")).hasValue(Pattern.compile("\"question\""));

    visit.part("document").fill(FUNNEL);
    visit.part("try").click();
    assertThat(visit.part("tried").locator("[data-test=funnel-step]").first()).containsText("20");

    visit.part("name").fill("Way to an upload");
    visit.part("save").click();
    assertThat(visit.part("item-name")).hasText("Way to an upload");
    assertThat(visit.part("funnel-step").nth(1)).containsText("10");

    visit.part("edit").click();
    visit.part("name").fill("Way to uploads");
    visit.part("save").click();
    assertThat(visit.part("item-name")).hasText("Way to uploads");

    page.onDialog(Dialog::accept);
    visit.part("delete").click();
    assertThat(visit.part("new-question")).isVisible();
    assertThat(visit.part("question").filter(withText("Way to uploads"))).hasCount(0);
    assertThat(visit.complaints()).isEmpty();
  }

  @Test
  void question_askedAgain_isAskedNow() {
    String question =
        records.save(
            "Searches",
            "{\"question\": \"funnel\", \"from\": \"-PT24H\", \"steps\": [{\"event\": \"search\"}]}");
    signIn();
    page.navigate(records.server().base().resolve("/questions#question/" + question).toString());
    assertThat(visit.part("funnel-step")).containsText("0");
    records.record(
        "{\"type\": \"user_event\", \"event_type\": \"search\", \"user_id\": \"somebody-1\"}");

    // Who asks within a moment of somebody else is given the same.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          visit.part("ask-again").click();
          return visit.part("funnel-step").locator(".people").textContent().equals("1");
        });
  }

  @Test
  void trend_byLongValues_showsTheirEndsAndTellsThemWhole() {
    String address = "https://h.example/" + "a".repeat(300);
    for (String value : new String[] {address + "/cart", address + "/checkout", "others", ""}) {
      records.record(
          "{\"type\": \"user_event\", \"event_type\": \"looked\", \"user_id\": \"x\", \"properties\": {\"at\": \"%s\"}}"
              .formatted(value));
    }
    String question =
        records.save(
            "Looks",
            "{\"question\": \"trend\", \"from\": \"-PT24H\", \"series\": [{\"event\": \"looked\"}], \"breakdown\": {\"property\": \"at\"}}");
    signIn();

    page.navigate(records.server().base().resolve("/questions#question/" + question).toString());

    Locator names = visit.part("trend-line").locator("th");
    assertThat(names)
        .hasText(
            new String[] {
              "looked · “”",
              "looked · https://h.example/aaaaaaaa…aaaaaaaaaaaaaaaaaaa/cart",
              "looked · https://h.example/aaaaaaaa…aaaaaaaaaaaaaaa/checkout",
              "looked · “others”",
              "looked · others"
            });
    assertThat(names.nth(1)).hasAttribute("title", "looked · " + address + "/cart");
    assertThat(visit.complaints()).isEmpty();
  }

  @Test
  void question_wrong_namesTheField() {
    signIn();
    page.navigate(records.server().base().resolve("/questions#question/new").toString());
    visit.part("name").fill("Wrong");

    visit.part("document").fill("{\"question\": \"trend\", \"series\": [{\"event\": 7}]}");
    visit.part("save").click();
    assertThat(visit.part("problem")).containsText("series[0].event");
    assertThat(visit.part("document")).hasAttribute("aria-invalid", "true");
    assertThat(visit.part("name")).hasAttribute("aria-invalid", "false");

    visit.part("document").fill("{\"question\": ");
    visit.part("try").click();
    assertThat(visit.part("problem")).containsText("not JSON");

    visit.part("document").fill(FUNNEL);
    visit.part("name").fill("");
    visit.part("save").click();
    assertThat(visit.part("name")).hasAttribute("aria-invalid", "true");
  }

  @Test
  void dashboard_isMadeSharedAndItsLinkRevoked() {
    records.save("Way to an upload", FUNNEL);
    records.save("Calls", "{\"question\": \"api-totals\", \"from\": \"-PT24H\"}");
    signIn();
    page.navigate(records.server().base().resolve("/questions#dashboard/new").toString());
    visit.part("name").fill("Monday");
    visit.part("add-question").selectOption("Way to an upload");
    visit.part("add-question").selectOption("Calls");
    assertThat(visit.part("chosen-question")).hasCount(2);
    visit.part("save").click();
    assertThat(visit.part("item-name")).hasText("Monday");
    assertThat(visit.part("answer-about")).hasCount(2);

    visit.part("make-link").click();
    String link = visit.part("new-link").inputValue();
    try (PageVisit other = new PageVisit(chromium, PHONE)) {
      other.page().navigate(link);
      assertThat(other.part("shared-name")).hasText("Monday");
      assertThat(other.part("funnel-step").first()).containsText("20");

      visit.part("revoke").click();
      assertThat(visit.part("link")).hasCount(0);
      other.page().reload();
      assertThat(other.part("not-shared")).isVisible();
    }
    assertThat(visit.complaints()).isEmpty();
  }

  @Test
  void page_onAPhone_isAsWideAsItsWindow() {
    visit.close();
    visit = new PageVisit(chromium, PHONE);
    page = visit.page();
    String question = records.save("Way to an upload", FUNNEL);
    signIn();
    for (String view : new String[] {"", "question/new", "question/" + question, "dashboard/new"}) {
      page.navigate(records.server().base().resolve("/questions#" + view).toString());
      page.reload();
      Locator ready =
          view.isEmpty()
              ? visit.part("new-question")
              : view.endsWith("new") ? visit.part("save") : visit.part("funnel-step").first();
      assertThat(ready).isVisible();
      assertThat(visit.isWiderThanItsWindow()).as(view).isFalse();
    }
  }

  private void signIn() {
    page.navigate(records.server().signInLink().toString());
    visit.part("sign-in-button").click();
    assertThat(visit.part("questions-link")).isVisible();
  }

  private static Locator.FilterOptions withText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
