package io.tidemark.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A client that sends batches of records with ids, and each batch again until it is acknowledged.
/// Used by one thread at a time.
final class PersistentClient {

  private static final int BATCH = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final String key;
  private final Instant startedAt;
  private final Set<String> acknowledged = new HashSet<>();
  private int batches;
  private boolean isPending;

  PersistentClient(String name, String key, Instant startedAt) {
    this.name = name;
    this.key = key;
    this.startedAt = startedAt;
  }

  /// Sends until a request fails: the server is gone.
  void sendUntilItFails(HttpClient http, URI base) throws InterruptedException {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = sendNext(http, base);
    }
  }

  /// Sends what was not acknowledged; whether it is now.
  boolean sendPending(HttpClient http, URI base) throws InterruptedException {
    return !isPending || sendNext(http, base);
  }

  /// The ids that the server said are stored.
  Set<String> acknowledged() {
    return acknowledged;
  }

  private boolean sendNext(HttpClient http, URI base) throws InterruptedException {
    if (!isPending) {
      batches++;
      isPending = true;
    }
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/api/v1/batch"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body()))
            .build();
    try {
      if (http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() != 200) {
        return false;
      }
    } catch (IOException gone) {
      return false;
    }
    isPending = false;
    IntStream.range(0, BATCH).mapToObj(this::id).forEach(acknowledged::add);
    return true;
  }

  private String id(int record) {
    return name + "-" + batches + "-" + record;
  }

  private String body() {
    return IntStream.range(0, BATCH)
        .mapToObj(record ->
            """
            {"type": "user_event", "event_type": "crash", "id": "%1$s", "page": "%1$s", "user_id": "u-%2$d", "timestamp": "%3$s"}
            """
                .formatted(id(record), record, startedAt.plusMillis(batches)))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
