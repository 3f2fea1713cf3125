package io.tidemark.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestReportTest {

  @Test
  void text_tellsConditionsRatesAndCosts() {
    Slot slot =
        new Slot(
            "A", 1, 1_000, 2, 4, 5_000, 15_000, 200_000, new Disk(110_000, 90_000, 1_000), 1, 3);
    CheckpointRun.Effect effect =
        new CheckpointRun.Effect("A", List.of(100L, 100L), List.of(10L, 60L, 100L));

    String text =
        new IngestReport(Map.of("machine", "this one"), List.of(slot), List.of(effect)).text();

    assertThat(text)
        .contains("machine      this one")
        .contains("500 (500–500)")
        .contains("250 (250–250)")
        .containsPattern("A +20\\.0 +5\\.0 +15\\.0 +200 +110 +90\\.0 +1\\.0")
        .contains("Checkpoints that began while measuring: 1")
        .containsPattern("A +100 +57 +10 +1 of 3")
        .contains("try later (429, 503): 3");
  }
}
