package io.tidemark.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.MigratedDatabase;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A database that is set up as nobody would set one up changes no number: a server on it tells
/// what a server on an ordinary one tells, and so do the views and functions when psql asks with
/// the database's own settings.
class UnusualDatabaseE2E {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Text is ordered and written in capitals as in Turkish, where that of i is İ.
  private static final String TURKISH =
      "ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'";

  private static final List<String> SETTINGS =
      List.of(
          "search_path = nowhere",
          "default_transaction_isolation = 'serializable'",
          "default_transaction_deferrable = on",
          "extra_float_digits = -15",
          "DateStyle = 'German, DMY'",
          "IntervalStyle = 'sql_standard'",
          "TimeZone = 'Asia/Kathmandu'",
          "timezone_abbreviations = 'India'",
          "bytea_output = 'escape'",
          "standard_conforming_strings = off",
          "backslash_quote = off",
          "array_nulls = off",
          "transform_null_equals = on",
          "row_security = off",
          "check_function_bodies = off",
          "statement_timeout = '2s'",
          "lock_timeout = '20ms'",
          "idle_in_transaction_session_timeout = '2s'",
          "idle_session_timeout = '2s'",
          "enable_hashjoin = off",
          "enable_indexonlyscan = off",
          "enable_hashagg = off",
          "plan_cache_mode = force_generic_plan",
          "geqo_threshold = 2",
          "jit_above_cost = 0",
          "work_mem = '64kB'");

  private static final String VIEWS =
      """
      SELECT viewname::text FROM pg_views
       WHERE schemaname = '%s' AND viewname !~ '(_from_packed|_as_kept)$' ORDER BY 1
      """
          .formatted(MigratedDatabase.SCHEMA);

  /// Computed under the database's own settings, then written out in full.
  private static final String COPY = "CREATE TEMPORARY TABLE copy AS SELECT * FROM %s.%s";

  private static final String WRITE_IN_FULL =
      "SET extra_float_digits = 3; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET"
          + " TimeZone = 'UTC'";

  /// Batches and when they came are each server's own.
  private static final String ROWS =
      "SELECT (to_jsonb(copy) - '{batch_id,received_at,described_at,first_seen_at}'::text[])::text"
          + " FROM copy ORDER BY 1";

  private static final String FUNCTIONS =
      """
      SELECT %1$s.distinct_people('conversion_funnel', 'page_visit', '%2$s'::timestamptz, '%3$s'::timestamptz) AS people,
             %1$s.api_latency_percentile(0.95, '%2$s', '%3$s') AS latency,
             %1$s.metric_percentile(0.5, '%2$s', '%3$s', 'm1') AS metric,
             (SELECT count(*) FROM %1$s.people_in('user_event', 'image_upload', '%2$s', '%3$s')) AS members
      """;

  private static final Duration SPAN = Duration.ofDays(16);

  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(SPAN).minus(Duration.ofDays(4));
  private final Instant end = start.plus(SPAN);

  @Test
  void answersAndViews_ofAnUnusualDatabase_areThoseOfAnOrdinaryOne() throws Exception {
    String[] settings = {"tidemark.rollup.refresh-interval=PT0.1S", "tidemark.ingest.writers=1"};
    try (TidemarkServer ordinary = TidemarkServer.start(settings);
        TidemarkServer unusual =
            TidemarkServer.startOn(MigratedDatabase.openUnusual(TURKISH, SETTINGS), settings)) {
      SampleWeeks weeks = new SampleWeeks(10, start, SPAN);
      for (int request = 0; request < 4; request++) {
        send(weeks.nextBody(600), ordinary, unusual);
      }
      assertSame(ordinary, unusual);

      for (TidemarkServer each : List.of(ordinary, unusual)) {
        each.runJob("identity.pack");
        each.runJob("rollup.pack");
        assertThat(each.database().count("SELECT count(*) FROM metric_rollup_packed")).isPositive();
      }
      assertSame(ordinary, unusual);

      send(weeks.nextBody(300), ordinary, unusual);
      assertSame(ordinary, unusual);

      removeSomebody(ordinary);
      removeSomebody(unusual);
      assertSame(ordinary, unusual);
      for (TidemarkServer each : List.of(ordinary, unusual)) {
        each.runJob("rollup.verify");
        assertThat(each.database().count("SELECT count(*) FROM rollup_difference")).isZero();
      }
    }
  }

  private static void send(byte[] body, TidemarkServer... servers) {
    for (TidemarkServer server : servers) {
      HttpResponse<String> answer =
          server.post(server.key(KeyKind.SECRET), "application/x-ndjson", body);
      assertThat(answer.body()).contains("\"rejected\":0");
    }
    for (TidemarkServer server : servers) {
      awaitRollups(server);
    }
  }

  private static void awaitRollups(TidemarkServer server) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() ->
            server
                    .database()
                    .count(
                        "SELECT (SELECT count(*) FROM batch_part) + (SELECT count(*) FROM"
                            + " rollup_stale_hour)")
                == 0);
  }

  private void assertSame(TidemarkServer ordinary, TidemarkServer unusual) throws SQLException {
    Map<String, List<String>> views = views(ordinary);
    assertThat(views).hasSizeGreaterThan(10);
    assertThat(views.get("revenue_attribution")).isNotEmpty();
    Map<String, List<String>> unusualViews = views(unusual);
    assertThat(unusualViews.keySet()).isEqualTo(views.keySet());
    views.forEach((view, rows) -> assertThat(unusualViews.get(view)).as(view).isEqualTo(rows));
    String key = unusual.key(KeyKind.PEOPLE);
    String ordinaryKey = ordinary.key(KeyKind.PEOPLE);
    for (ObjectNode question : questions(ordinary, ordinaryKey)) {
      assertThat(ask(unusual, key, question))
          .as(question.toString())
          .isEqualTo(ask(ordinary, ordinaryKey, question));
    }
  }

  /// All views and some functions, as psql gets them.
  private Map<String, List<String>> views(TidemarkServer server) throws SQLException {
    Map<String, List<String>> views = new TreeMap<>();
    for (String view : server.database().jdbc().sql(VIEWS).query(String.class).list()) {
      views.put(view, rows(server, COPY.formatted(MigratedDatabase.SCHEMA, view)));
    }
    views.put(
        "functions",
        rows(
            server,
            "CREATE TEMPORARY TABLE copy AS "
                + FUNCTIONS.formatted(MigratedDatabase.SCHEMA, start, end)));
    return views;
  }

  private static List<String> rows(TidemarkServer server, String copy) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(copy);
      statement.execute(WRITE_IN_FULL);
      try (ResultSet row = statement.executeQuery(ROWS)) {
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
    }
    rows.sort(null);
    return rows;
  }

  private static void removeSomebody(TidemarkServer server) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT %1$s.remove_detail_of_person(user_key) FROM %1$s.app_user WHERE user_id = 'user-004'"
              .formatted(MigratedDatabase.SCHEMA));
    }
    awaitRollups(server);
  }

  /// With the database's own settings: the driver says the time zone of the machine by itself.
  private static Connection connect(TidemarkServer server) throws SQLException {
    MigratedDatabase database = server.database();
    Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "RESET TimeZone; SET TimeZone = 'America/New_York'; SET statement_timeout = 0; SET"
              + " lock_timeout = 0");
    }
    return connection;
  }

  /// The examples of the API's description, over the time that has records.
  private List<ObjectNode> questions(TidemarkServer server, String key) {
    List<ObjectNode> questions = new ArrayList<>();
    server
        .ask(key, "/v3/api-docs")
        .at("/paths/~1api~1v1~1questions/post/requestBody/content/application~1json/examples")
        .forEach(example -> {
          ObjectNode question = (ObjectNode) example.get("value").deepCopy();
          if (!question.has("funnel")) {
            question.put("from", start.toString());
          }
          moveRange(question);
          questions.add(question);
        });
    assertThat(questions).hasSizeGreaterThan(15);
    return questions;
  }

  private void moveRange(ObjectNode question) {
    if (question.has("from") || question.has("to")) {
      question.put("from", start.toString());
      question.put("to", end.toString());
    }
    for (JsonNode part : question) {
      if (part instanceof ObjectNode within) {
        moveRange(within);
      }
    }
  }

  /// When a server heard of somebody first is its own.
  private static void removeArrivals(JsonNode told) {
    if (told instanceof ObjectNode object) {
      object.remove("first_seen_at");
    }
    told.forEach(UnusualDatabaseE2E::removeArrivals);
  }

  private static JsonNode ask(TidemarkServer server, String key, ObjectNode question) {
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(server.base().resolve("/api/v1/questions"))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(question.toString())));
    assertThat(answer.statusCode()).as("%s: %s", question, answer.body()).isEqualTo(200);
    ObjectNode told = (ObjectNode) JSON.readTree(answer.body());
    told.remove("freshness");
    removeArrivals(told);
    return told;
  }
}
