package io.tidemark.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {

  @Test
  void names_ofAnyText_areThoseThatWereEncoded() {
    Random random = new Random(7);
    for (int round = 0; round < 1_000; round++) {
      List<String> names = new ArrayList<>();
      StringBuilder query = new StringBuilder();
      for (int place = 0; place < random.nextInt(5); place++) {
        String name = text(random);
        names.add(name);
        query
            .append(place == 0 ? "" : "&")
            .append(URLEncoder.encode(name, UTF_8))
            .append('=')
            .append(URLEncoder.encode(text(random), UTF_8));
      }

      assertThat(QueryString.names(query.toString())).isEqualTo(names);
    }
  }

  @Test
  void names_ofNothing_areNone() {
    assertThat(QueryString.names(null)).isEmpty();
    assertThat(QueryString.names("")).isEmpty();
    assertThat(QueryString.names("&&")).isEmpty();
    assertThat(QueryString.names("a&b=&=c&a=1")).containsExactly("a", "b", "", "a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a=1&from=%", "from=%4", "from=x%4g", "from=%e4x", "from=%00", "from=%FF&a=%"})
  void value_thatCannotBeRead_isNamed(String query) {
    assertThatThrownBy(() -> QueryString.names(query))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.field()).isEqualTo("from"))
        .hasMessageStartingWith("from must be percent-encoded UTF-8");
  }

  @Test
  void name_thatIsLong_isToldShortened() {
    assertThatThrownBy(() -> QueryString.names("a".repeat(500) + "=%"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.field()).isEqualTo("a".repeat(100) + "…"));
  }

  /// Without control characters.
  private static String text(Random random) {
    return random
        .ints(1 + random.nextInt(8), 0x20, 0x2ffff)
        .filter(c -> !Character.isISOControl(c) && (c < 0xd800 || c > 0xdfff))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .insert(0, 'x')
        .toString();
  }
}
