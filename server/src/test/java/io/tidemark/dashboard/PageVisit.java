package io.tidemark.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.tidemark.testing.TestBrowser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One person's visit, with a browser that knows nothing of others. What the browser complains
/// about is kept, such as what the content security policy refused.
final class PageVisit implements AutoCloseable {

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> referrers = new CopyOnWriteArrayList<>();

  /// @param width of the window in pixels
  PageVisit(TestBrowser browser, int width) {
    context =
        browser.browser().newContext(new Browser.NewContextOptions().setViewportSize(width, 800));
    page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
        complaints.add(message.text());
      }
    });
    page.onRequest(this::note);
  }

  Page page() {
    return page;
  }

  /// What has that name for tests.
  Locator part(String name) {
    return page.locator("[data-test=" + name + "]");
  }

  List<String> complaints() {
    return complaints;
  }

  /// The addresses of what was loaded and asked.
  List<String> requests() {
    return requests;
  }

  /// What requests said of where they came from.
  List<String> referrers() {
    return referrers;
  }

  /// Whether the page has to be moved sideways to be seen whole.
  boolean isWiderThanItsWindow() {
    return (boolean)
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }

  private void note(Request request) {
    requests.add(request.url());
    String referrer = request.headers().get("referer");
    if (referrer != null && !referrer.isEmpty()) {
      referrers.add(referrer);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
