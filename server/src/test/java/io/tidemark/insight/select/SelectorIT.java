package io.tidemark.insight.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.partition.PartitionedTable;
import io.tidemark.partition.Partitions;
import io.tidemark.testing.MigratedDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Which rows the conditions choose, hostile names and values among them.
class SelectorIT {

  private static final Instant MONTH = Instant.parse("2026-03-01T00:00:00Z");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private static MigratedDatabase database;

  /// Rows are known by their batch: 1 to 8 are events, 9 and 10 steps.
  @BeforeAll
  static void open() throws Exception {
    database = MigratedDatabase.open();
    Partitions partitions = new Partitions(database.dataSource(), 1, InstantSource.fixed(MONTH));
    partitions.ensure(PartitionedTable.USER_EVENT, MONTH);
    partitions.ensure(PartitionedTable.CONVERSION_FUNNEL, MONTH);
    database
        .jdbc()
        .sql(
            """
            INSERT INTO app_user (user_id, subscription_tier, traits) VALUES
              ('ann', 'pro', '{"country": "DE", "age": 40, "paid": true}'),
              ('bob', NULL, '{"country": null, "age": "40"}'),
              ('cem', 'free', NULL)
            """)
        .update();
    database
        .jdbc()
        .sql(
            """
            INSERT INTO fact_kind (fact, name) VALUES
              ('user_event', 'zoom'), ('user_event', '?''; DROP TABLE app_user; --'), ('conversion_funnel', 'zoom')
            """)
        .update();
    event(1, "ann", "zoom", "/a", "{\"plan\": \"pro\", \"size\": 10, \"?'\\\"\": \"x\"}");
    event(2, "bob", "zoom", "/a/b", "{\"plan\": \"pro max\", \"size\": 10.50}");
    event(3, "cem", "zoom", null, "{\"plan\": null, \"size\": \"10\", \"big\": 1e300}");
    event(4, null, "zoom", "/%_\\'", "{\"plan\": true, \"size\": [10]}");
    event(5, "ann", "zoom", "/a", null);
    event(6, "bob", "zoom", "", "[\"plan\"]");
    event(7, "ann", "?'; DROP TABLE app_user; --", "/a", "{\"plan\": \"pro\"}");
    event(8, "ann", "zoom", "/a", "\"plan\"");
    for (int batch = 9; batch <= 10; batch++) {
      database
          .jdbc()
          .sql(
              """
              INSERT INTO conversion_funnel_detail (ts, batch_id, user_key, kind_id, effect_id)
              SELECT ?::timestamptz, ?, user_key, kind_id, ?
                FROM app_user, fact_kind WHERE user_id = 'ann' AND fact = 'conversion_funnel'
              """)
          .param(MONTH.toString())
          .param(batch)
          .param(batch == 9 ? "oil" : null)
          .update();
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'property': 'plan', 'is': 'pro' | 1",
        "'property': 'plan', 'is': true | 4",
        "'property': 'plan', 'is': 'true' | 4",
        "'property': 'plan', 'is_not': 'pro' | 2 3 4 5 6 8",
        "'property': 'plan', 'contains': 'pro' | 1 2",
        "'property': 'plan', 'contains': '%' | ",
        "'property': 'plan', 'exists': true | 1 2 4",
        "'property': 'plan', 'exists': false | 3 5 6 8",
        "'property': 'plan', 'one_of': ['pro', true, 3] | 1 4",
        "'property': 'size', 'is': 10 | 1",
        "'property': 'size', 'is': 10.0 | 1",
        "'property': 'size', 'is': '10' | 1 3",
        "'property': 'size', 'is': 10.5 | 2",
        "'property': 'size', 'is_not': 10 | 2 3 4 5 6 8",
        "'property': 'size', 'greater': 9 | 1 2",
        "'property': 'size', 'greater': 10 | 2",
        "'property': 'size', 'greater': 9.9, 'less': 10.4 | 1",
        "'property': 'size', 'at_least': 10 | 1 2",
        "'property': 'size', 'at_most': 10.50 | 1 2",
        "'property': 'size', 'at_least': 10.1, 'at_most': 10.4 | ",
        "'property': 'plan', 'none_of': ['pro', true, 3] | 2 3 5 6 8",
        "'property': 'size', 'none_of': [10, 10.5] | 3 4 5 6 8",
        "'property': 'plan', 'does_not_contain': 'pro' | 3 4 5 6 8",
        "'field': 'page', 'none_of': ['/a', '/a/b'] | 3 4 6",
        "'field': 'page', 'does_not_contain': '/a' | 3 4 6",
        "'field': 'subscription_tier', 'none_of': ['pro'] | 2 3 4 6",
        "'trait': 'age', 'at_least': 40 | 1 5 8",
        "'trait': 'country', 'none_of': ['DE', 'FR'] | 2 3 4 6",
        "'property': 'big', 'greater': 1e299 | 3",
        "'property': 'big', 'is': 1e300 | 3",
        "'field': 'page', 'is': '/a' | 1 5 8",
        "'field': 'page', 'is': 5 | ",
        "'field': 'page', 'is_not': '/a' | 2 3 4 6",
        "'field': 'page', 'contains': '/a' | 1 2 5 8",
        "'field': 'page', 'contains': '%_\\\\' | 4",
        "'field': 'page', 'exists': false | 3",
        "'field': 'subscription_tier', 'is': 'pro' | 1 5 8",
        "'field': 'subscription_tier', 'is_not': 'pro' | 2 3 4 6",
        "'field': 'subscription_tier', 'exists': false | 2 4 6",
        "'trait': 'country', 'is': 'DE' | 1 5 8",
        "'trait': 'country', 'exists': true | 1 5 8",
        "'trait': 'country', 'exists': false | 2 3 4 6",
        "'trait': 'age', 'is': 40 | 1 5 8",
        "'trait': 'age', 'is': '40' | 1 2 5 6 8",
        "'trait': 'age', 'less': 41 | 1 5 8",
        "'trait': 'paid', 'one_of': [true, false] | 1 5 8"
      })
  void condition_ofEvents_choosesTheseRows(String filter, @Nullable String rows) {
    assertThat(chosen("{\"event\": \"zoom\", \"where\": [{%s}]}".formatted(filter)))
        .isEqualTo(rows == null ? "" : rows);
  }

  @Test
  void condition_ofSteps_choosesSteps() {
    assertThat(chosen("{\"step\": \"zoom\"}")).isEqualTo("9 10");
    assertThat(
            chosen(
                "{\"step\": \"zoom\", \"where\": [{\"field\": \"effect_id\", \"is\": \"oil\"}]}"))
        .isEqualTo("9");
  }

  @Test
  void condition_noName_choosesAllEvents() {
    assertThat(chosen("{}")).isEqualTo("1 2 3 4 5 6 7 8");
    assertThat(
            chosen(
                "{\"where\": [{\"property\": \"plan\", \"is\": \"pro\"}, {\"field\": \"page\", \"is\": \"/a\"}]}"))
        .isEqualTo("1 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?'; DROP TABLE app_user; --",
        "') OR TRUE --",
        "\"}' ? :name {fn now()} $1 \\",
        "💥\u0001\u202E"
      })
  void condition_hostileText_isOnlyText(String text) {
    String quoted = MAPPER.writeValueAsString(text);
    for (String where :
        List.of(
            "'property': 'plan', 'is': T",
            "'property': T, 'contains': T",
            "'trait': T, 'one_of': [T, 1]",
            "'trait': T, 'greater': 3",
            "'field': 'page', 'is': T",
            "'property': T, 'less': 1")) {
      String document =
          "{\"event\": %s, \"where\": [{%s}]}"
              .formatted(quoted, where.replace('\'', '"').replace("T", quoted));
      assertThat(select(MAPPER.readValue(document, EventSelector.class))).isEmpty();
    }
    assertThat(values(Breakdown.property(text))).containsOnly((String) null);
    assertThat(values(Breakdown.trait(text))).containsOnly((String) null);
    assertThat(database.count("SELECT count(*) FROM app_user")).isEqualTo(3);
  }

  @Test
  void condition_hostileNameThatExists_isFound() {
    assertThat(chosen("{\"event\": \"?'; DROP TABLE app_user; --\"}")).isEqualTo("7");
    assertThat(chosen("{\"where\": [{\"property\": \"?'\\\"\", \"is\": \"x\"}]}")).isEqualTo("1");
  }

  @Test
  void breakdown_valuesOfEveryKind_areText() {
    assertThat(values(Breakdown.property("size")))
        .containsExactly("10", "10.5", "10", "[10]", null, null, null, null);
    assertThat(values(Breakdown.trait("age")))
        .containsExactly("40", "40", null, null, "40", "40", "40", "40");
    assertThat(values(new Breakdown(null, null, "subscription_tier", 3)))
        .containsExactly("pro", null, "free", null, "pro", null, "pro", "pro");
    assertThat(values(new Breakdown(null, null, "page", 3)))
        .containsExactly("/a", "/a/b", null, "/%_\\'", "/a", "", "/a", "/a");
  }

  /// Strings are written with ' for ", in which a text's own ' cannot stand.
  private static String chosen(String document) {
    String json = document.contains("\"where\": [{'") ? document.replace('\'', '"') : document;
    return String.join(" ", select(MAPPER.readValue(json, EventSelector.class)));
  }

  private static List<String> select(EventSelector selector) {
    SqlPart condition = selector.condition("detail");
    return database
        .jdbc()
        .sql(
            "SELECT batch_id FROM %s AS detail WHERE ts >= ?::timestamptz AND %s ORDER BY batch_id"
                .formatted(selector.table().detail(), condition.sql()))
        .param(MONTH.toString())
        .params(condition.parameters())
        .query(String.class)
        .list();
  }

  private static List<@Nullable String> values(Breakdown breakdown) {
    SqlPart value = breakdown.value("detail");
    List<@Nullable String> values = new ArrayList<>();
    database
        .jdbc()
        .sql("SELECT %s FROM user_event_detail AS detail ORDER BY batch_id".formatted(value.sql()))
        .params(value.parameters())
        .query(row -> {
          values.add(row.getString(1));
        });
    return values;
  }

  private static void event(
      int batch,
      @Nullable String person,
      String type,
      @Nullable String page,
      @Nullable String properties) {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO user_event_detail (ts, batch_id, user_key, kind_id, page, properties)
            SELECT ?::timestamptz, ?, (SELECT user_key FROM app_user WHERE user_id = ?), kind_id, ?, ?::jsonb
              FROM fact_kind WHERE fact = 'user_event' AND name = ?
            """)
        .param(MONTH.toString())
        .param(batch)
        .param(person)
        .param(page)
        .param(properties)
        .param(type)
        .update();
  }
}
