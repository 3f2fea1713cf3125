package io.tidemark.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/// What a browser may load and run on our pages: nothing from another host, and no script in a page
/// but the ones we put there, known by their hashes.
final class ContentPolicy {

  private static final List<String> PAGES =
      List.of(
          "static/index.html",
          "static/questions.html",
          "static/shared.html",
          "static/sign-in.html");

  private static final Pattern SCRIPT =
      Pattern.compile("<script(?<attributes>[^>]*)>(?<body>.*?)</script>", Pattern.DOTALL);

  private static final String COMMON =
      """
      default-src 'none'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; \
      frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; \
      """;

  /// Text from data never becomes markup: only Lit's own templates do
  /// (`static/dashboard/markup-policy.js`).
  private static final String TRUSTED_TYPES =
      "require-trusted-types-for 'script'; trusted-types lit-html default; ";

  private ContentPolicy() {}

  /// For the pages in the jar.
  static String ofPages() {
    return ofPages(PAGES.stream().map(ContentPolicy::readPage).toList());
  }

  static String ofPages(List<String> pages) {
    StringBuilder scripts = new StringBuilder("script-src 'self'");
    for (String hash : hashInlineScripts(pages)) {
      scripts.append(" 'sha256-").append(hash).append('\'');
    }
    return COMMON + "style-src 'self'; " + TRUSTED_TYPES + scripts;
  }

  /// For Swagger UI, which writes styles into its page.
  static String ofApiExplorer() {
    return COMMON + "style-src 'self' 'unsafe-inline'; script-src 'self'";
  }

  private static Set<String> hashInlineScripts(List<String> pages) {
    Set<String> hashes = new TreeSet<>();
    for (String page : pages) {
      // A browser hashes what it has parsed, and a parser knows only line feeds.
      Matcher script = SCRIPT.matcher(page.replace("\r\n", "\n"));
      while (script.find()) {
        if (!script.group("attributes").contains("src=")) {
          hashes.add(hash(script.group("body")));
        }
      }
    }
    return hashes;
  }

  private static String hash(String script) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static String readPage(String path) {
    try (InputStream page = new ClassPathResource(path).getInputStream()) {
      return new String(page.readAllBytes(), UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException("The page " + path + " is missing in the jar", fault);
    }
  }
}
