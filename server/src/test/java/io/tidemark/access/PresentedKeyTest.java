package io.tidemark.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class PresentedKeyTest {

  private static final String KEY = "tm_write_AbC-_123";

  @ParameterizedTest
  @ValueSource(strings = {"Bearer " + KEY, "bearer " + KEY, "BEARER   " + KEY + " "})
  void parseHeader_bearer_isTheKey(String header) {
    assertThat(PresentedKey.parseHeader(header)).contains(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY + ":", KEY, KEY + ":anything"})
  void parseHeader_basic_isTheNameWithoutThePassword(String credentials) {
    assertThat(PresentedKey.parseHeader(basic(credentials))).contains(KEY);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Basic", "Basic ???", "Basic Og==", "Digest a=b", KEY})
  void parseHeader_anythingElse_isAbsent(String header) {
    assertThat(PresentedKey.parseHeader(header)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"key=" + KEY, "a=b&key=" + KEY + "&key=other", "key=tm%5Fwrite_AbC-_123"})
  void parseQuery_firstKey_isDecoded(String query) {
    assertThat(PresentedKey.parseQuery(query)).contains(KEY);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "key=", "key", "monkey=1", "key=%zz"})
  void parseQuery_noKey_isAbsent(String query) {
    assertThat(PresentedKey.parseQuery(query)).isEmpty();
  }

  @Test
  void inHeaderOrAddress_both_theHeaderCounts() {
    MockHttpServletRequest request = request("Bearer " + KEY);
    request.setQueryString("key=other");

    assertThat(PresentedKey.inHeaderOrAddress(request)).contains(KEY);
  }

  @Test
  void isPresented_passwordOfAProxy_isNot() {
    assertThat(PresentedKey.isPresented(request(basic("anna:secret")))).isFalse();
  }

  @Test
  void isPresented_ourKeyAsName_is() {
    assertThat(PresentedKey.isPresented(request(basic(KEY + ":")))).isTrue();
  }

  @Test
  void isPresented_anyBearer_is() {
    assertThat(PresentedKey.isPresented(request("Bearer nonsense"))).isTrue();
  }

  private static MockHttpServletRequest request(String authorization) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Authorization", authorization);
    return request;
  }

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }
}
