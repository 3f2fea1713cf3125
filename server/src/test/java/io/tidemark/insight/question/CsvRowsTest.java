package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRowsTest {

  @Test
  void row_everyKindOfCell_isWrittenByRfc4180() {
    assertThat(csv(1, -2.5, true, null, WeightClass.LIVE, Instant.EPOCH))
        .isEqualTo("1,-2.5,true,,live,1970-01-01T00:00:00Z\r\n");
    assertThat(csv("a,b", "say \"x\"", "two\nlines", "Grüße", "", " x "))
        .isEqualTo("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",Grüße,\"\", x \r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "=1+1, '''=1+1'",
    "+1, '''+1'",
    "-1, '''-1'",
    "@SUM(A1), '''@SUM(A1)'",
    "a=1, a=1",
    "'''x', '''x'"
  })
  void row_textThatBeginsLikeAFormula_isNone(String text, String expected) {
    assertThat(csv(text, 1)).isEqualTo(expected + ",1\r\n");
  }

  private static String csv(@Nullable Object... cells) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CsvRows rows = new CsvRows(bytes, head -> {});
    String[] names = new String[cells.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = "c" + i;
    }
    rows.columns(names);
    rows.row(cells);
    rows.close();
    return bytes.toString(StandardCharsets.UTF_8).split("\r\n", 2)[1];
  }
}
