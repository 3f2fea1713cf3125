package io.tidemark.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresBinariesTest {

  @Test
  void archiveOf_systemsWeShip_isFound() {
    assertThat(PostgresBinaries.archiveOf("Linux", "amd64")).contains("linux-x86_64");
    assertThat(PostgresBinaries.archiveOf("Linux", "aarch64")).contains("linux-arm_64");
    assertThat(PostgresBinaries.archiveOf("Mac OS X", "aarch64")).contains("darwin-arm_64");
  }

  @Test
  void archiveOf_anotherSystem_saysWhatToDo() {
    assertThatThrownBy(() -> PostgresBinaries.archiveOf("Windows 11", "amd64"))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("Windows 11 on amd64")
        .hasMessageContaining("TIDEMARK_DATABASE_URL");
  }
}
