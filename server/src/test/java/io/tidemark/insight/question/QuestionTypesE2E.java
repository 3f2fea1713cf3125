package io.tidemark.insight.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.platform.ProblemException;
import io.tidemark.testing.TidemarkServer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Every field of every question is given every type of value: what is refused names the field and
/// says what it must be, and never that it is missing.
class QuestionTypesE2E {

  private static final List<String> VALUES =
      List.of(
          "\"some text\"",
          "\"\"",
          "17",
          "-3",
          "1.5",
          "99999999999",
          "1e30",
          "1e999",
          "1e-999",
          "true",
          "[]",
          "[17]",
          "[\"some text\"]",
          "[true]",
          "[[]]",
          "[{}]",
          "{}",
          "{\"a\": 1}");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static TidemarkServer server;
  private static QuestionDocuments documents;

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    documents = server.part(QuestionDocuments.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void read_anyTypeInAnyField_saysWhatIsExpected() {
    List<String> refusals = new ArrayList<>();
    int fields = 0;
    for (String kind : documents.kinds()) {
      for (String path : paths(documents.kind(kind).question(), "")) {
        fields++;
        for (String value : VALUES) {
          ProblemException problem = problem(kind, path, value);
          if (problem != null) {
            refusals.add("%s %s = %s: %s".formatted(kind, path, value, problem.detail()));
            assertExpected(problem, path, refusals.getLast());
          }
        }
      }
    }
    assertThat(fields).isGreaterThan(300);
    assertThat(refusals).hasSizeGreaterThan(1_000);
  }

  private static void assertExpected(ProblemException problem, String path, String context) {
    assertThat(problem.code()).as(context).isEqualTo("invalid_parameter");
    assertThat(problem.field()).as(context).isNotNull();
    assertThat(problem.detail())
        .as(context)
        .doesNotContain("java")
        .doesNotContain("cannot be read")
        .doesNotContain("something else");
    if (path.equals(problem.field())) {
      assertThat(problem.detail()).as(context).doesNotContain("is required");
    }
  }

  private static @Nullable ProblemException problem(String kind, String path, String value) {
    ObjectNode document = JSON.createObjectNode();
    put(document, path, JSON.readTree("[%s]".formatted(value)).get(0));
    String text = document.toString().replaceFirst("\\{", "{\"question\":\"%s\",".formatted(kind));
    try {
      documents.read(text);
      return null;
    } catch (ProblemException e) {
      return e;
    }
  }

  /// All fields, those of the first element of a list included.
  private static List<String> paths(Class<?> type, String before) {
    List<String> paths = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String path = before + named(component);
      paths.add(path);
      Type inner = component.getGenericType();
      if (inner instanceof ParameterizedType list && List.class == list.getRawType()) {
        paths.add(path + "[0]");
        path = path + "[0]";
        inner = list.getActualTypeArguments()[0];
      }
      if (inner instanceof Class<?> part && part.isRecord() && !isWrittenAsValue(part)) {
        paths.addAll(paths(part, path + "."));
      }
    }
    return paths;
  }

  private static String named(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static boolean isWrittenAsValue(Class<?> part) {
    Class<?> first = part.getRecordComponents()[0].getType();
    return part.getRecordComponents().length == 1
        && (first == String.class || first == Object.class);
  }

  private static void put(ObjectNode document, String path, JsonNode value) {
    ObjectNode at = document;
    String[] steps = path.split("\\.", -1);
    for (int place = 0; place < steps.length; place++) {
      String name = steps[place].replace("[0]", "");
      boolean isLast = place == steps.length - 1;
      if (steps[place].endsWith("[0]")) {
        ArrayNode list = at.putArray(name);
        if (isLast) {
          list.add(value);
        } else {
          at = list.addObject();
        }
      } else if (isLast) {
        at.set(name, value);
      } else {
        at = at.putObject(name);
      }
    }
  }
}
