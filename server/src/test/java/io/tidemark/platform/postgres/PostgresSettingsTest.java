package io.tidemark.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresSettingsTest {

  @Test
  void durable_isDurable() {
    assertThat(PostgresSettings.durable().server())
        .containsEntry("fsync", "on")
        .containsEntry("synchronous_commit", "on");
    assertThat(PostgresSettings.durable().isDurable()).isTrue();
    assertThat(PostgresSettings.disposable().isDurable()).isFalse();
  }

  @Test
  void with_settingThatWouldOpenTheServer_isRefused() {
    PostgresSettings settings = PostgresSettings.durable();

    assertThatThrownBy(() -> settings.with("listen_addresses", "*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("listen_addresses");
  }

  @Test
  void with_lineBreakInAValue_isRefused() {
    PostgresSettings settings = PostgresSettings.durable();

    assertThatThrownBy(() -> settings.with("work_mem", "1MB\nport = 1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
