package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerTableTest {

  @Test
  void print_longText_isCutWithAMark() {
    String printed = print("value,events\r\n%s,7\r\nb,12\r\n".formatted("😀".repeat(61)));

    assertThat(printed)
        .contains("😀".repeat(59) + "…  ")
        .doesNotContain("😀".repeat(60))
        .contains("--csv has it whole");
  }

  @Test
  void print_textThatFits_saysNothingOfCutting() {
    assertThat(print("value,events\r\n%s,7\r\n".formatted("a".repeat(60))))
        .contains("a".repeat(60))
        .doesNotContain("…");
  }

  @Test
  void print_nothingAndTextWithoutCharacters_lookDifferent() {
    assertThat(print("value,events\r\n,7\r\n\"\",12\r\n").lines().map(String::strip))
        .containsExactly("value  events", "7", "\"\"         12");
  }

  private static String print(String csv) {
    StringWriter printed = new StringWriter();
    AnswerTable.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), 100)
        .print(new PrintWriter(printed));
    return printed.toString();
  }
}
