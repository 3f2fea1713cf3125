package io.tidemark.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PostmasterFileTest {

  @Test
  void parse_runningServer_isReady() {
    List<String> lines =
        List.of("7549", "/c", "1795359962", "23456", "", "127.0.0.1", "  2172993  10", "ready   ");

    assertThat(PostmasterFile.parse(lines)).contains(new PostmasterFile(7549, 23456, "ready"));
    assertThat(PostmasterFile.parse(lines).orElseThrow().isReady()).isTrue();
  }

  @Test
  void parse_serverThatHasJustBegun_isNotReady() {
    assertThat(PostmasterFile.parse(List.of("7549", "/c", "1795359962")))
        .contains(new PostmasterFile(7549, 0, ""));
  }

  @Test
  void parse_emptyOrTorn_isAbsent() {
    assertThat(PostmasterFile.parse(List.of())).isEmpty();
    assertThat(PostmasterFile.parse(List.of(""))).isEmpty();
    assertThat(PostmasterFile.parse(List.of("x1"))).isEmpty();
  }
}
