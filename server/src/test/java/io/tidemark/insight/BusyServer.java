package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.MigratedDatabase;
import io.tidemark.testing.TidemarkServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that has taken random traffic, late and sent again, and answers questions about it.
final class BusyServer implements AutoCloseable {

  private static final String API = "/api/v1/insights/";
  private static final int BATCHES = 12;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TidemarkServer server =
      TidemarkServer.start(
          "tidemark.rollup.refresh-interval=PT0.1S",
          "tidemark.insight.funnel-steps=" + String.join(",", RandomTraffic.FUNNEL));
  private final String secretKey = server.key(KeyKind.SECRET);
  private final String peopleKey = server.key(KeyKind.PEOPLE);

  private BusyServer() {}

  static BusyServer start(long seed) {
    BusyServer busy = new BusyServer();
    Random random = new Random(seed);
    RandomTraffic traffic = new RandomTraffic(seed, Instant.now());
    List<String> sent = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      List<String> records = new ArrayList<>(traffic.next(350));
      for (int again = 0; again < 40 && !sent.isEmpty(); again++) {
        records.add(sent.get(random.nextInt(sent.size())));
      }
      Collections.shuffle(records, random);
      busy.post(records);
      sent.addAll(records.stream().filter(each -> each.contains("\"id\"")).toList());
    }
    busy.askWhenFresh("coverage");
    return busy;
  }

  MigratedDatabase database() {
    return server.database();
  }

  /// Returns once all are stored.
  void post(List<String> records) {
    HttpResponse<String> answer =
        server.post(
            secretKey,
            "application/x-ndjson",
            String.join("\n", records).getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"rejected\":0");
  }

  JsonNode ask(String question) {
    HttpResponse<String> answer = server.get(peopleKey, API + question);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /// The first answer that holds everything acknowledged so far, by its own word.
  JsonNode askWhenFresh(String question) {
    Instant acknowledged = Instant.now();
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> ask(question),
            answer ->
                !Instant.parse(answer.at("/freshness/as_of").asString()).isBefore(acknowledged));
  }

  /// Asks with a range, in another offset than UTC; it is answered to the minute.
  JsonNode askRange(String question, TimeRange asked) {
    String separator = question.contains("?") ? "&" : "?";
    OffsetDateTime start = asked.from().atOffset(ZoneOffset.ofHoursMinutes(5, 30));
    JsonNode answer =
        ask(question + separator + "from=" + encode(start.toString()) + "&to=" + asked.to());
    assertThat(new TimeRange(startOf(answer).toInstant(), endOf(answer).toInstant()))
        .isEqualTo(asked.widenedTo(ChronoUnit.MINUTES));
    return answer;
  }

  /// A completed funnel step.
  record Completion(long person, Instant at, String step) {}

  /// The completed funnel steps in detail, by person.
  Collection<List<Completion>> completions() {
    return database()
        .jdbc()
        .sql("SELECT user_key, ts, step FROM conversion_funnel WHERE user_key IS NOT NULL")
        .query((row, number) ->
            new Completion(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3)))
        .list()
        .stream()
        .collect(Collectors.groupingBy(Completion::person))
        .values();
  }

  static OffsetDateTime startOf(JsonNode answer) {
    return utc(Instant.parse(answer.at("/range/from").asString()));
  }

  static OffsetDateTime endOf(JsonNode answer) {
    return utc(Instant.parse(answer.at("/range/to").asString()));
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
