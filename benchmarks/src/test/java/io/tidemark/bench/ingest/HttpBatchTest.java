package io.tidemark.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpBatchTest {

  private static final URI SERVER = URI.create("http://127.0.0.1:8080");

  private final SplittableRandom random = new SplittableRandom(1);
  private final FreshMark mark = new FreshMark(random);

  @Test
  void refreshed_eachTime_hasNewIdsAndTimesOfNow() {
    HttpBatch batch =
        HttpBatch.of(SERVER, "tm_secret_x", RecordMix.parse("1:1:1:1").rows(40, random));
    Set<String> ids = new HashSet<>();
    for (int time = 0; time < 3; time++) {
      Instant before = Instant.now();
      JsonNode records = body(new String(batch.refreshed(mark), StandardCharsets.UTF_8));
      assertThat(records).hasSize(40);
      for (JsonNode item : records) {
        UUID id = UUID.fromString(item.path("id").asString());
        assertThat(id.version()).isEqualTo(4);
        ids.add(id.toString());
        Instant timestamp = Instant.parse(item.path("timestamp").asString());
        assertThat(timestamp).isBetween(before.minus(Duration.ofSeconds(2)), Instant.now());
      }
    }
    assertThat(ids).hasSize(120);
  }

  @Test
  void putTimestamp_anyTime_isWhatJavaWrites() {
    for (int i = 0; i < 10_000; i++) {
      mark.draw(random.nextLong(0, 4_000_000_000_000L) + 1_000);
      byte[] text = new byte[FreshMark.TIMESTAMP_CHARS];
      mark.putTimestamp(text, 0);
      assertThat(Instant.parse(new String(text, StandardCharsets.US_ASCII)).toEpochMilli())
          .isEqualTo(mark.millis());
    }
  }

  @Test
  void putId_isTheTextOfTheUuid() {
    mark.draw(0);
    byte[] text = new byte[FreshMark.ID_CHARS];
    mark.putId(text, 0);

    assertThat(new String(text, StandardCharsets.US_ASCII))
        .isEqualTo(new UUID(mark.high(), mark.low()).toString());
  }

  /// The length in the head must be that of the body, or the next request would be misread.
  private static JsonNode body(String request) {
    String[] parts = request.split("\r\n\r\n", 2);
    assertThat(parts[0]).contains("Content-Length: " + parts[1].length());
    return JsonMapper.builder().build().readTree(parts[1]).path("records");
  }
}
