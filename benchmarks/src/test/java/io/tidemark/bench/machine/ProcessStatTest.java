package io.tidemark.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessStatTest {

  private static final String NUMBERS =
      " S 4711 100 100 0 -1 4194304 900 80 7 6 250 50 30 20 20 0 1 0 437952 3133440 378";

  @Test
  void parse_usualLine_addsUserAndSystemTime() {
    assertThat(ProcessStat.parse("4712 (postgres)" + NUMBERS + "\n"))
        .contains(new ProcessStat(4712, "postgres", 4711, 300, 50));
  }

  @Test
  void parse_nameWithBlanksAndParentheses_isTakenWhole() {
    assertThat(ProcessStat.parse("4712 (a) b (c)" + NUMBERS))
        .contains(new ProcessStat(4712, "a) b (c", 4711, 300, 50));
  }

  @Test
  void parse_textOfAnotherForm_isEmpty() {
    assertThat(ProcessStat.parse("")).isEmpty();
    assertThat(ProcessStat.parse("4712 (postgres)")).isEmpty();
    assertThat(ProcessStat.parse("4712 (postgres) S 4711 100")).isEmpty();
    assertThat(ProcessStat.parse("x (postgres)" + NUMBERS)).isEmpty();
  }
}
