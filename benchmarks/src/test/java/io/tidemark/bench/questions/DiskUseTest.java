package io.tidemark.bench.questions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bench.questions.TableSize.Purpose;
import io.tidemark.bench.rows.ComparedTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiskUseTest {

  private final DiskUse disk =
      new DiskUse(
          List.of(
              table("user_event", 100),
              table("user_event_detail", 1_000),
              table("api_response_time", 3_000),
              table("record_identity", 400),
              table("packed_identity_block", 400),
              table("batch", 30),
              table("batch_part", 10),
              table("event_rollup", 500),
              table("person_events", 50),
              table("app_user", 7),
              table("performance_alert", 9),
              new TableSize("userevent", true, 10, 2_000, 500)),
          Map.of("user_event", 10L, "api_response_time", 30L));

  @Test
  void detail_hasItsShareOfIdentitiesAndBatches() {
    assertThat(disk.tidemark(ComparedTable.USER_EVENT))
        .isEqualTo(new DiskUse.Detail(1_100, 200, 10));
    assertThat(disk.tidemarkDetailBytes()).isEqualTo(1_100 + 3_000 + 800 + 40);
  }

  @Test
  void tables_areForWhatTheirNamesSay() {
    assertThat(disk.tidemark(Purpose.ROLLUP))
        .extracting(TableSize::name)
        .containsExactly("event_rollup", "person_events");
    assertThat(disk.tidemark(Purpose.OTHER))
        .extracting(TableSize::name)
        .containsExactly("app_user", "performance_alert");
  }

  @Test
  void text_tellsSharesOfTheReportAndOfTheDetail() {
    DiskUse small =
        new DiskUse(
            List.of(
                table("user_event_detail", 1_000),
                table("event_rollup", 500),
                compared("apiresponsetime"),
                compared("userevent"),
                compared("performancemetric"),
                compared("conversionfunnel")),
            Map.of("user_event", 10L));

    assertThat(new DiskReport(small).text())
        .containsPattern(
            "user_event +10 +250\\.0 +50\\.0 +100\\.0 +100\\.0 +0\\.0 +0\\.0 +40\\.0 %")
        .containsPattern("event_rollup +1 +0\\.0 +50\\.0 %");
  }

  private static TableSize table(String name, long bytes) {
    return new TableSize(name, false, 1, bytes, 0);
  }

  private static TableSize compared(String name) {
    return new TableSize(name, true, 10, 2_000, 500);
  }
}
