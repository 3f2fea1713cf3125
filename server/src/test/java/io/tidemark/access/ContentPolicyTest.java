package io.tidemark.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentPolicyTest {

  /// `printf '{"imports":{}}' | openssl dgst -sha256 -binary | base64`
  private static final String HASH = "URrTy+Il/Nz0lHojVUx275hWqAWhkSF0VsHbUM4/6Hw=";

  @Test
  void ofPages_inlineScript_isAllowedByItsHash() {
    String page = "<head><script type=\"importmap\">{\"imports\":{}}</script></head>";

    assertThat(ContentPolicy.ofPages(List.of(page)))
        .contains("script-src 'self' 'sha256-" + HASH + "'");
  }

  @Test
  void ofPages_windowsLineEnds_hashAsTheBrowserParses() {
    String unix = "<script>\n1\n</script>";

    assertThat(ContentPolicy.ofPages(List.of(unix.replace("\n", "\r\n"))))
        .isEqualTo(ContentPolicy.ofPages(List.of(unix)));
  }

  @Test
  void ofPages_scriptFromAFile_addsNothing() {
    String page = "<script type=\"module\" src=\"dashboard/main.js\"></script>";

    assertThat(ContentPolicy.ofPages(List.of(page))).endsWith("script-src 'self'");
  }

  @Test
  void ofPages_byDefault_nothingIsAllowed() {
    assertThat(ContentPolicy.ofPages(List.of()))
        .isEqualTo(
            "default-src 'none'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
                + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; "
                + "style-src 'self'; "
                + "require-trusted-types-for 'script'; trusted-types lit-html default; script-src 'self'");
  }
}
