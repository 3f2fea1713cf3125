package io.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void columns_areAsWideAsTheirWidestCell() {
    TextTable table = new TextTable("what", "rows/s").add("COPY", "49,600").add("INSERT", "3");

    assertThat(table)
        .hasToString(
            """
            what    rows/s
            COPY    49,600
            INSERT       3
            """);
  }

  @Test
  void add_anotherNumberOfCells_isRefused() {
    TextTable table = new TextTable("a", "b");

    assertThatThrownBy(() -> table.add("1")).isInstanceOf(IllegalArgumentException.class);
  }
}
