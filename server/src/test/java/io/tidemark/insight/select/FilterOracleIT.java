package io.tidemark.insight.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.partition.PartitionedTable;
import io.tidemark.partition.Partitions;
import io.tidemark.testing.MigratedDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random filters choose the rows that looking at each value chooses.
class FilterOracleIT {

  /// A list or an object, by its text.
  private record Compound(String text) {

    @Override
    public String toString() {
      return text;
    }
  }

  private static final Instant MONTH = Instant.parse("2026-03-01T00:00:00Z");

  /// What is recorded, and what it is: a text, a number, true or false, a text of something else;
  /// null for what is not known.
  private static final List<Map.Entry<String, List<@Nullable Object>>> VALUES =
      List.of(
          is("{}", null),
          is("{\"v\": null}", null),
          is("{\"v\": 10}", new BigDecimal("10")),
          is("{\"v\": 10.00}", new BigDecimal("10")),
          is("{\"v\": 1.0e1}", new BigDecimal("10")),
          is("{\"v\": \"10\"}", "10"),
          is("{\"v\": \"10.0\"}", "10.0"),
          is("{\"v\": 10.5}", new BigDecimal("10.5")),
          is("{\"v\": 10.50}", new BigDecimal("10.5")),
          is("{\"v\": -10.05}", new BigDecimal("-10.05")),
          is("{\"v\": -0.0}", new BigDecimal("0")),
          is("{\"v\": 0.00e5}", new BigDecimal("0")),
          is("{\"v\": 10.00000000000000000001}", new BigDecimal("10.00000000000000000001")),
          is("{\"v\": true}", true),
          is("{\"v\": false}", false),
          is("{\"v\": \"true\"}", "true"),
          is("{\"v\": \"\"}", ""),
          is("{\"v\": \"a 10\"}", "a 10"),
          is("{\"v\": \"A\"}", "A"),
          is("{\"v\": [10.0, \"10.0\"]}", new Compound("[10, \"10.0\"]")),
          is("{\"v\": {\"b\": 2.50, \"a\": 1}}", new Compound("{\"a\": 1, \"b\": 2.5}")));

  private static final List<Object> ASKED =
      List.of(
          "10",
          "10.0",
          "10.5",
          "",
          "true",
          "a 10",
          "0",
          "[10, \"10.0\"]",
          true,
          false,
          10,
          10.5,
          0,
          -10.05,
          new BigDecimal("10.00000000000000000001"));

  private static MigratedDatabase database;

  @BeforeAll
  static void open() throws Exception {
    database = MigratedDatabase.open();
    Partitions partitions = new Partitions(database.dataSource(), 1, InstantSource.fixed(MONTH));
    partitions.ensure(PartitionedTable.USER_EVENT, MONTH);
    database
        .jdbc()
        .sql("INSERT INTO fact_kind (fact, name) VALUES ('user_event', 'zoom')")
        .update();
    for (int row = 0; row < VALUES.size(); row++) {
      database
          .jdbc()
          .sql(
              """
              WITH known AS (INSERT INTO app_user (user_id, traits) VALUES (?, ?::jsonb) RETURNING user_key)
              INSERT INTO user_event_detail (ts, batch_id, user_key, kind_id, properties)
              SELECT ?::timestamptz, ?, user_key, kind_id, ?::jsonb FROM known, fact_kind
              """)
          .param("person " + row)
          .param(VALUES.get(row).getKey())
          .param(MONTH.toString())
          .param(row)
          .param(VALUES.get(row).getKey())
          .update();
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void condition_randomFilters_choosesWhatLookingDoes(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 150; round++) {
      Chosen chosen = new Chosen(random);
      List<Integer> expected = new ArrayList<>();
      for (int row = 0; row < VALUES.size(); row++) {
        if (chosen.holds.test(new Value(VALUES.get(row).getValue().getFirst()))) {
          expected.add(row);
        }
      }
      for (boolean isTrait : new boolean[] {true, false}) {
        PropertyFilter filter = chosen.filter(isTrait);
        assertThat(select(filter)).as("%s", filter).isEqualTo(expected);
      }
    }
  }

  /// A filter, and what it asks of a value.
  private static final class Chosen {
    private final Random random;
    private Predicate<Value> holds = _ -> true;
    private final @Nullable FilterValue is;
    private final @Nullable FilterValue isNot;
    private final @Nullable String contains;
    private final @Nullable String doesNotContain;
    private final @Nullable BigDecimal greater;
    private final @Nullable BigDecimal less;
    private final @Nullable BigDecimal atLeast;
    private final @Nullable BigDecimal atMost;
    private final @Nullable List<FilterValue> oneOf;
    private final @Nullable List<FilterValue> noneOf;
    private final boolean exists;
    private final boolean saysWhetherKnown;

    Chosen(Random random) {
      this.random = random;
      is = some(6) ? asked() : null;
      isNot = some(4) ? asked() : null;
      contains = some(6) ? text() : null;
      doesNotContain = some(4) ? text() : null;
      greater = some(6) ? number() : null;
      less = some(6) ? number() : null;
      atLeast = some(5) ? number() : null;
      atMost = some(5) ? number() : null;
      oneOf = some(4) ? List.of(asked(), asked(), asked()) : null;
      noneOf = some(3) ? List.of(asked(), asked(), asked()) : null;
      exists = random.nextInt(5) > 0;
      saysWhetherKnown =
          Stream.of(
                  is,
                  isNot,
                  contains,
                  doesNotContain,
                  greater,
                  less,
                  atLeast,
                  atMost,
                  oneOf,
                  noneOf)
              .allMatch(Objects::isNull);
      if (saysWhetherKnown) {
        and(each -> each.isKnown() == exists);
      }
      if (is != null) {
        and(each -> each.equalsAny(List.of(is)));
      }
      if (isNot != null) {
        and(each -> !each.equalsAny(List.of(isNot)));
      }
      if (contains != null) {
        and(each -> each.isKnown() && each.shown().contains(contains));
      }
      if (doesNotContain != null) {
        and(each -> !each.isKnown() || !each.shown().contains(doesNotContain));
      }
      if (greater != null) {
        and(each -> each.value() instanceof BigDecimal it && it.compareTo(greater) > 0);
      }
      if (less != null) {
        and(each -> each.value() instanceof BigDecimal it && it.compareTo(less) < 0);
      }
      if (atLeast != null) {
        and(each -> each.value() instanceof BigDecimal it && it.compareTo(atLeast) >= 0);
      }
      if (atMost != null) {
        and(each -> each.value() instanceof BigDecimal it && it.compareTo(atMost) <= 0);
      }
      if (oneOf != null) {
        and(each -> each.equalsAny(oneOf));
      }
      if (noneOf != null) {
        and(each -> !each.equalsAny(noneOf));
      }
    }

    PropertyFilter filter(boolean isTrait) {
      return new PropertyFilter(
          isTrait ? null : "v",
          isTrait ? "v" : null,
          null,
          is,
          isNot,
          contains,
          doesNotContain,
          greater,
          less,
          atLeast,
          atMost,
          saysWhetherKnown ? exists : null,
          oneOf,
          noneOf);
    }

    private void and(Predicate<Value> next) {
      holds = holds.and(next);
    }

    private boolean some(int oneOf) {
      return random.nextInt(oneOf) == 0;
    }

    private FilterValue asked() {
      return new FilterValue(ASKED.get(random.nextInt(ASKED.size())));
    }

    private String text() {
      return List.of("10", "1", "0.0", "a", "true", "[", "10.0").get(random.nextInt(7));
    }

    private BigDecimal number() {
      return new BigDecimal(
          List.of("10", "10.0", "1e1", "10.5", "-10.05", "0", "-11", "10.000000000000000000005")
              .get(random.nextInt(8)));
    }
  }

  private record Value(@Nullable Object value) {

    boolean isKnown() {
      return value != null;
    }

    String shown() {
      return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    boolean equalsAny(List<FilterValue> asked) {
      return asked.stream().anyMatch(each -> equalsOne(each.value()));
    }

    private boolean equalsOne(Object asked) {
      return switch (asked) {
        case String text -> isKnown() && shown().equals(text);
        case BigDecimal number -> value instanceof BigDecimal it && it.compareTo(number) == 0;
        default -> asked.equals(value);
      };
    }
  }

  private static List<Integer> select(PropertyFilter filter) {
    SqlPart condition = filter.condition("detail");
    return database
        .jdbc()
        .sql(
            "SELECT batch_id FROM user_event_detail AS detail WHERE %s ORDER BY batch_id"
                .formatted(condition.sql()))
        .params(condition.parameters())
        .query(Integer.class)
        .list();
  }

  private static Map.Entry<String, List<@Nullable Object>> is(
      String recorded, @Nullable Object value) {
    List<@Nullable Object> box = new ArrayList<>();
    box.add(value);
    return Map.entry(recorded, box);
  }
}
