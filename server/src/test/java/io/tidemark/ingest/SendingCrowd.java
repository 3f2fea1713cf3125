package io.tidemark.ingest;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Clients that send one batch after another, each again until it is acknowledged, and expect to be
/// told 200 or 503 with `Retry-After` and nothing else.
final class SendingCrowd implements AutoCloseable {

  private static final int CLIENTS = 20;
  private static final int BATCH = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(15);
  private static final long PAUSE_MILLIS = 20;

  private final URI intake;
  private final String key;
  private final String name;
  private final Instant startedAt = Instant.now();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final AtomicLong refused = new AtomicLong();
  private volatile boolean isOver;

  /// @param name begins the id of every record
  SendingCrowd(URI base, String key, String name) {
    this.intake = base.resolve("/api/v1/batch");
    this.key = key;
    this.name = name;
    for (int client = 0; client < CLIENTS; client++) {
      String prefix = name + "-" + client + "-";
      threads.execute(() -> send(prefix));
    }
  }

  String name() {
    return name;
  }

  /// The ids that the server said are stored.
  Set<String> acknowledged() {
    return acknowledged;
  }

  /// Answers that no client should get.
  Queue<String> surprises() {
    return surprises;
  }

  /// Waits until every client, and some twice, was told that its records were stored.
  void awaitAcknowledged() {
    long enough = acknowledged.size() + 3L * CLIENTS * BATCH;
    await().atMost(PATIENCE).until(() -> acknowledged.size() >= enough);
  }

  void awaitRefused() {
    long enough = refused.get() + 3L * CLIENTS;
    await().atMost(PATIENCE).until(() -> refused.get() >= enough);
  }

  boolean isRefusedAfter(long before) {
    return refused.get() >= before + CLIENTS;
  }

  long refused() {
    return refused.get();
  }

  /// Lets each client have its last batch acknowledged.
  @Override
  public void close() {
    isOver = true;
    threads.close();
    http.close();
  }

  private void send(String prefix) {
    try {
      for (int batch = 0; !isOver; batch++) {
        String first = prefix + batch + "-";
        while (!isAcknowledged(first)) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        IntStream.range(0, BATCH).forEach(record -> acknowledged.add(first + record));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      surprises.add(prefix + ": " + e);
    }
  }

  private boolean isAcknowledged(String first) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(intake)
            .timeout(REQUEST_PATIENCE)
            .header("Authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(body(first)))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 200) {
      return true;
    }
    refused.incrementAndGet();
    if (answer.statusCode() != 503 || answer.headers().firstValue("Retry-After").isEmpty()) {
      surprises.add(answer.statusCode() + " " + answer.body());
    }
    return false;
  }

  private String body(String first) {
    return IntStream.range(0, BATCH)
        .mapToObj(record ->
            """
            {"type": "user_event", "event_type": "fault", "id": "%1$s%2$d", "page": "%1$s%2$d", "user_id": "u", "timestamp": "%3$s"}
            """
                .formatted(first, record, startedAt))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
