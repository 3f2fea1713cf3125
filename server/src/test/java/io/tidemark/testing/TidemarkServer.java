package io.tidemark.testing;

import io.tidemark.access.CreateKeyOutcome;
import io.tidemark.access.KeyKind;
import io.tidemark.access.KeyStore;
import io.tidemark.access.SignInLinkStore;
import io.tidemark.cli.TidemarkApplication;
import io.tidemark.platform.RecurringJob;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole server on a random port, on a database of its own; tests talk HTTP to it.
public final class TidemarkServer implements AutoCloseable {

  private static final AtomicInteger KEYS = new AtomicInteger();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  // A thread of the job scheduler that dies with the database that a test takes away, or makes
  // read-only, is no failure of the test that happens to wait then: the scheduler starts another.
  static {
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  private final Class<?>[] parts;
  private final MigratedDatabase database;
  private final HttpClient client = HttpClient.newHttpClient();
  private ConfigurableApplicationContext context;

  private TidemarkServer(Class<?>[] parts, MigratedDatabase database, String... settings) {
    this.parts = parts;
    this.database = database;
    this.context = run(settings);
  }

  /// @param settings more settings, such as `tidemark.rollup.refresh-interval=PT0.1S`
  public static TidemarkServer start(String... settings) {
    return new TidemarkServer(
        new Class<?>[] {TidemarkApplication.class}, MigratedDatabase.open(), settings);
  }

  /// @param more a configuration whose beans the server has as well
  public static TidemarkServer startWith(Class<?> more, String... settings) {
    return new TidemarkServer(
        new Class<?>[] {TidemarkApplication.class, more}, MigratedDatabase.open(), settings);
  }

  /// On a database that is there already; closing the server drops it.
  public static TidemarkServer startOn(MigratedDatabase database, String... settings) {
    return new TidemarkServer(new Class<?>[] {TidemarkApplication.class}, database, settings);
  }

  /// Does the work of a recurring job, once and now.
  public void runJob(String name) throws Exception {
    for (RecurringJob job : context.getBeansOfType(RecurringJob.class).values()) {
      if (job.name().equals(name)) {
        job.work().run();
        return;
      }
    }
    throw new IllegalArgumentException("There is no job " + name);
  }

  /// Stops the server and starts it again on the same database.
  public void restart(String... settings) {
    context.close();
    context = run(settings);
  }

  public MigratedDatabase database() {
    return database;
  }

  public URI base() {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /// A new key of that kind.
  public String key(KeyKind kind) {
    CreateKeyOutcome outcome = part(KeyStore.class).create("test-" + KEYS.incrementAndGet(), kind);
    if (outcome instanceof CreateKeyOutcome.Created(String key)) {
      return key;
    }
    throw new IllegalStateException(outcome.toString());
  }

  /// A link that signs in once.
  public URI signInLink() {
    return base().resolve("/sign-in#" + part(SignInLinkStore.class).create());
  }

  public <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  /// Posts a body to the intake.
  public HttpResponse<String> post(String key, String contentType, byte[] body) {
    return send(
        HttpRequest.newBuilder(base().resolve("/api/v1/batch"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /// Asks, and reads the answer as JSON.
  public JsonNode ask(String key, String path) {
    return JSON.readTree(get(key, path).body());
  }

  public HttpResponse<String> get(String key, String path) {
    return send(
        HttpRequest.newBuilder(base().resolve(path)).header("Authorization", "Bearer " + key));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("The server did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    context.close();
    client.close();
    database.close();
  }

  private ConfigurableApplicationContext run(String... settings) {
    List<String> arguments = new ArrayList<>();
    for (String setting : settings) {
      arguments.add("--" + setting);
    }
    arguments.add("--tidemark.database.url=" + database.jdbcUrl());
    arguments.add("--tidemark.database.username=" + database.username());
    arguments.add("--tidemark.database.password=" + database.password());
    arguments.add("--tidemark.database.schema=" + MigratedDatabase.SCHEMA);
    arguments.add("--tidemark.database.pool.intake=3");
    arguments.add("--tidemark.database.pool.question=6");
    arguments.add("--tidemark.database.pool.job=4");
    arguments.add("--tidemark.server.port=0");
    return new SpringApplicationBuilder(parts)
        .logStartupInfo(false)
        .run(arguments.toArray(String[]::new));
  }
}
