package io.tidemark.capture.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferrerHostTest {

  @ParameterizedTest
  @CsvSource({
    "https://ann:secret@News.Example.com:8443/a?b=c#d, news.example.com",
    "http://bücher.example, bücher.example",
    "android-app://com.example.app/, com.example.app"
  })
  void find_referrer_isItsHostOnly(String referrer, String host) {
    assertThat(ReferrerHost.find(referrer)).contains(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://192.0.2.7/",
        "http://[2001:db8::7]/",
        "http://ex\"ample.com/",
        "http://a\\b/",
        "http:///a",
        "nonsense",
        "http://a b/"
      })
  void find_referrerWithoutAHostName_isEmpty(String referrer) {
    assertThat(ReferrerHost.find(referrer)).isEmpty();
  }
}
