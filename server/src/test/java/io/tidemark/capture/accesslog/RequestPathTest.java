package io.tidemark.capture.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource({
    "/users/42/orders/7, /users/{id}/orders/{id}",
    "/a/3F2504E0-4F89-11D3-9A0C-0305E82C3301, /a/{id}",
    "/commit/da39a3ee5e6b4b0d3255bfef95601890afd80709/files, /commit/{id}/files",
    "/v1/beef/cafe, /v1/beef/cafe",
    "/unsubscribe/ann@example.com, /unsubscribe/{id}",
    "/unsubscribe/ann%40example.com, /unsubscribe/{id}",
    "/@ann, /@ann",
    "/a%20b, /a%20b",
    "/shop;jsessionid=A1/cart;v=2?x#y, /shop/cart",
    "http://example.com/a?b, /a",
    "http://example.com, /",
    "HTTPS://example.com?b, /",
    "*, *",
    "example.com:443, example.com:443",
    "//a//7, //a//{id}"
  })
  void of_target_givesTheEndpoint(String target, String endpoint) {
    assertThat(RequestPath.of(target).endpoint()).isEqualTo(endpoint);
  }

  @Test
  void of_longPath_isCutWithoutHalfCharacters() {
    RequestPath path = RequestPath.of("/" + "a".repeat(197) + "😀😀");

    assertThat(path.endpoint()).isEqualTo("/" + "a".repeat(197) + "…");
    assertThat(path.page()).isEqualTo(path.endpoint());
  }

  @Test
  void of_target_givesThePageWithItsIds() {
    assertThat(RequestPath.of("/blog/2015;a=b/ann@example.com?x").page())
        .isEqualTo("/blog/2015/{id}");
  }
}
