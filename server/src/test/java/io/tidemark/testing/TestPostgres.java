package io.tidemark.testing;

import io.tidemark.platform.postgres.PostgresConnection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The PostgreSQL of this JVM's tests: the one named by `TIDEMARK_TEST_DATABASE_URL` (with
/// `…_USERNAME` and `…_PASSWORD` of a user who may create databases), else an embedded one that
/// starts with the first database asked for and stops when the JVM ends. Safe for tests in
/// parallel.
///
/// ```java
/// try (TestDatabase database = TestPostgres.newDatabase(MIGRATION)) { … }
/// ```
public final class TestPostgres {

  private static final String PREFIX =
      "tidemark_test_" + UUID.randomUUID().toString().substring(0, 8);
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Map<TemplateMigration, String> TEMPLATES = new ConcurrentHashMap<>();

  private TestPostgres() {}

  /// A new database, cloned from a template that the migration made.
  public static TestDatabase newDatabase(TemplateMigration migration) {
    String template = TEMPLATES.computeIfAbsent(migration, TestPostgres::createTemplate);
    return create(template);
  }

  /// A new database with nothing in it.
  public static TestDatabase newEmptyDatabase() {
    return create("template1");
  }

  /// A new database with nothing in it, made in another way.
  ///
  /// @param options of `CREATE DATABASE`, such as a locale
  public static TestDatabase newEmptyDatabase(String options) {
    return create("template0 " + options);
  }

  /// The server itself, as the user who creates the databases.
  public static PostgresConnection server() {
    return Started.SERVER.connection();
  }

  /// Copies files rather than pages through the log: four times as fast where nothing is synced.
  private static TestDatabase create(String template) {
    String name = PREFIX + "_" + NUMBER.incrementAndGet();
    Started.SERVER.execute(
        "CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY file_copy");
    return new TestDatabase(Started.SERVER, name);
  }

  /// A template is closed to connections, or `CREATE DATABASE` could find one open and fail.
  private static String createTemplate(TemplateMigration migration) {
    TestDatabase template = newEmptyDatabase();
    try {
      migration.migrate(template.dataSource());
    } catch (Exception e) {
      template.close();
      throw new IllegalStateException("The migration of the test template failed", e);
    }
    template.closeConnections();
    Started.SERVER.execute("ALTER DATABASE " + template.name() + " ALLOW_CONNECTIONS false");
    Started.SERVER.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"
            + template.name()
            + "'");
    return template.name();
  }

  /// Holds the server, started when first touched.
  private static final class Started {

    private static final TestServer SERVER = start();

    private static TestServer start() {
      TestServer server = TestServer.start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.drop(TEMPLATES.values());
                    server.stop().run();
                  },
                  "test-postgres-stop"));
      return server;
    }
  }
}
