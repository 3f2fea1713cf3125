package io.tidemark.insight.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.platform.ProblemException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Selectors and breakdowns as parts of a JSON document.
class SelectorDocumentTest {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  @Test
  void read_everyOperator_isTheSameWhenWrittenAndReadAgain() {
    String document =
        """
        {"event": "zoom", "where": [
          {"property": "plan", "is": "pro"}, {"property": "size", "greater": 5, "less": 10.50},
          {"trait": "country", "one_of": ["DE", 7, true]}, {"field": "page", "contains": "/effects"},
          {"field": "subscription_tier", "is_not": "free"}, {"property": "paid", "exists": false},
          {"property": "size", "at_least": 5, "at_most": 10.0}, {"trait": "country", "none_of": ["DE", 7], "does_not_contain": "F"}]}
        """;

    EventSelector selector = MAPPER.readValue(document, EventSelector.class);

    assertThat(selector.where()).hasSize(8);
    assertThat(selector.where().get(1).less()).isEqualTo(new BigDecimal("10.5"));
    assertThat(selector.table()).isEqualTo(DetailTable.USER_EVENT);
    assertThat(MAPPER.readValue(MAPPER.writeValueAsString(selector), EventSelector.class))
        .isEqualTo(selector);
  }

  @Test
  void read_numbersWrittenDifferently_areEqual() {
    assertThat(MAPPER.readValue("10.0", FilterValue.class))
        .isEqualTo(MAPPER.readValue("1e1", FilterValue.class))
        .isEqualTo(MAPPER.readValue("10", FilterValue.class));
  }

  @Test
  void read_nothingAsked_isAnyEvent() {
    EventSelector selector = MAPPER.readValue("{}", EventSelector.class);

    assertThat(selector.condition("detail")).isEqualTo(SqlPart.TRUE);
    assertThat(selector.label()).isEqualTo("any event");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'event': 'a', 'step': 'b'} | step",
        "{'event': ''} | event",
        "{'step': 'a\\u0000'} | step",
        "{'where': [null]} | where",
        "{'where': [{'property': 'a', 'is': 'b'}, {'is': 'b'}]} | where[1].property",
        "{'where': [{'property': 'a'}]} | where[0].is",
        "{'where': [{'property': 'a', 'trait': 'b', 'is': 'c'}]} | where[0].trait",
        "{'where': [{'property': 'a', 'is': {}}]} | where[0].is",
        "{'where': [{'property': 'a', 'is': 1e999}]} | where[0].is",
        "{'where': [{'property': 'a', 'one_of': []}]} | where[0].one_of",
        "{'where': [{'property': 'a', 'one_of': ['b', '\\u0000']}]} | where[0].one_of[1]",
        "{'where': [{'property': 'a', 'greater': 1e311}]} | where[0].greater",
        "{'where': [{'property': 'a', 'at_most': 1e311}]} | where[0].at_most",
        "{'where': [{'property': 'a', 'none_of': []}]} | where[0].none_of",
        "{'where': [{'property': 'a', 'does_not_contain': ''}]} | where[0].does_not_contain",
        "{'where': [{'field': 'page', 'at_least': 1}]} | where[0].at_least",
        "{'where': [{'property': 'a', 'is': '\\ud800'}]} | where[0].is",
        "{'where': [{'trait': '\\udc00', 'is': 'b'}]} | where[0].trait",
        "{'where': [{'field': 'ts', 'is': 'b'}]} | where[0].field",
        "{'where': [{'field': 'page', 'less': 1}]} | where[0].less",
        "{'step': 'a', 'where': [{'field': 'session_id', 'is': 'b'}, {'field': 'page', 'is': 'b'}]} | where[1].field",
        "{'event': 'a', 'where': [{'field': 'effect_id', 'is': 'b'}]} | where[0].field"
      })
  void read_wrong_namesTheField(String document, String field) {
    assertThat(fieldOfProblem(document.replace('\'', '"'), EventSelector.class)).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | property",
        "{'property': 'a', 'limit': 0} | limit",
        "{'property': 'a', 'limit': 101} | limit",
        "{'trait': ''} | trait",
        "{'field': 'user_key'} | field"
      })
  void read_wrongBreakdown_namesTheField(String document, String field) {
    assertThat(fieldOfProblem(document.replace('\'', '"'), Breakdown.class)).isEqualTo(field);
  }

  @Test
  void breakdown_fieldThatTheStepLacks_namesTheField() {
    Breakdown byPage = new Breakdown(null, null, "page", 10);

    byPage.requireOf(EventSelector.event("zoom"));
    assertThatThrownBy(() -> byPage.requireOf(EventSelector.step("page_visit")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.field()).isEqualTo("breakdown.field"));
  }

  @Test
  void read_textAsLongAsWhatIsRecorded_isTaken() {
    String longest = "😀".repeat(16_384);
    FilterValue value = new FilterValue(longest);

    assertThat(PropertyFilter.property("k".repeat(30_000), value).is()).isEqualTo(value);
    assertThat(EventSelector.event("😀".repeat(200)).name()).hasSize(400);
    assertThatThrownBy(() -> EventSelector.event("😀".repeat(201)))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> new FilterValue(longest + "a")).isInstanceOf(ProblemException.class);
  }

  @Test
  void selector_tooManyFilters_isRefused() {
    PropertyFilter filter =
        MAPPER.readValue("{\"property\": \"a\", \"exists\": true}", PropertyFilter.class);
    List<PropertyFilter> many = Collections.nCopies(EventSelector.MOST_FILTERS + 1, filter);

    assertThatThrownBy(() -> new EventSelector("a", null, many))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.field()).isEqualTo("where"));
  }

  /// The path that Jackson came along, and the field within the part that was refused.
  private static String fieldOfProblem(String document, Class<?> part) {
    try {
      MAPPER.readValue(document, part);
    } catch (DatabindException e) {
      StringBuilder path = new StringBuilder();
      e.getPath()
          .forEach(step ->
              path.append(
                  step.getPropertyName() == null
                      ? "[%d]".formatted(step.getIndex())
                      : (path.isEmpty() ? "" : ".") + step.getPropertyName()));
      String field = e.getCause() instanceof ProblemException problem ? problem.field() : "?";
      return field == null || field.isEmpty()
          ? path.toString()
          : path + (path.isEmpty() ? "" : ".") + field;
    }
    return "nothing refused";
  }
}
