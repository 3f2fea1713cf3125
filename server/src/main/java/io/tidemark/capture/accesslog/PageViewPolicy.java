package io.tidemark.capture.accesslog;

import io.tidemark.capture.accesslog.AccessLogLine.Request;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which requests were a person looking at a page. An access log does not say so: this goes
/// by method, status, path and user agent.
final class PageViewPolicy {

  private static final Set<String> PAGE_EXTENSIONS =
      Set.of(
          "asp", "aspx", "cfm", "cgi", "do", "htm", "html", "jsf", "jsp", "php", "phtml", "shtml",
          "xhtml");

  /// Paths that programs ask for. Segments that begin with a dot or an underscore (`.well-known`,
  /// `_next`) are for programs too.
  private static final Set<String> PROGRAM_SEGMENTS =
      Set.of("api", "graphql", "rpc", "wp-json", "actuator", "healthz");

  /// A dot followed by no more than this many letters and digits, one a letter, is an extension:
  /// `/release/v1.2` and `/people/john.longname` are pages.
  private static final int LONGEST_EXTENSION = 5;

  /// Words in lower case that the agents of programs have and those of browsers have not.
  private static final List<String> ROBOT_WORDS =
      List.of(
          "bot",
          "crawl",
          "spider",
          "slurp",
          "feed",
          "rss",
          "fetch",
          "archiver",
          "scan",
          "monitor",
          "pingdom",
          "uptime",
          "preview",
          "headless",
          "phantomjs",
          "lighthouse",
          "facebookexternal",
          "validator",
          "check",
          "curl",
          "wget",
          "httpclient",
          "http-client",
          "libwww",
          "python",
          "java/",
          "ruby",
          "perl",
          "okhttp",
          "axios",
          "node");

  /// A maker of telephones, whose agents name it.
  private static final String NO_ROBOT = "cubot";

  private PageViewPolicy() {}

  /// Whether the request shows someone a page, if it was a person that asked. 304 is a page that
  /// the browser still had.
  static boolean isPage(Request request, RequestPath path) {
    boolean isAnswered =
        (request.statusCode() >= 200 && request.statusCode() < 300) || request.statusCode() == 304;
    return isAnswered && request.method().equals("GET") && isPagePath(path.page());
  }

  /// Whether a program asked that is no browser: every browser names itself.
  static boolean isRobot(@Nullable String agent) {
    if (agent == null) {
      return true;
    }
    String words = agent.toLowerCase(Locale.ROOT).replace(NO_ROBOT, "");
    return ROBOT_WORDS.stream().anyMatch(words::contains);
  }

  private static boolean isPagePath(String page) {
    for (String segment : page.split("/", -1)) {
      if (segment.startsWith(".")
          || segment.startsWith("_")
          || PROGRAM_SEGMENTS.contains(segment.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    String extension = extension(page);
    return extension.isEmpty() || PAGE_EXTENSIONS.contains(extension);
  }

  /// The extension of the last segment in lower case; empty when it has none.
  private static String extension(String page) {
    int dot = page.lastIndexOf('.');
    if (dot < 0 || dot < page.lastIndexOf('/')) {
      return "";
    }
    String extension = page.substring(dot + 1).toLowerCase(Locale.ROOT);
    boolean isExtension =
        extension.length() <= LONGEST_EXTENSION
            && extension.chars().allMatch(Character::isLetterOrDigit)
            && extension.chars().anyMatch(Character::isLetter);
    return isExtension ? extension : "";
  }
}
