package io.tidemark.insight.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.insight.AskedTime;
import io.tidemark.insight.Happening;
import io.tidemark.insight.PeopleDatabase;
import io.tidemark.insight.journey.PathsAnswer.Edge;
import io.tidemark.insight.journey.PathsAnswer.Node;
import io.tidemark.insight.select.EventSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths of random people equal those found by writing each session's path down.
class PathsAnswererIT {

  private static JourneyCrowd crowd;
  private static PathsAnswerer answerer;

  @BeforeAll
  static void fill() throws Exception {
    crowd = JourneyCrowd.open(111);
    answerer = new PathsAnswerer(new SessionRowReader(crowd.template()));
  }

  @AfterAll
  static void close() {
    crowd.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void answer_randomQuestions_equalsPathsWrittenDown(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      PathsQuestion question = question(random);

      PathsAnswer answer = answerer.answer(question, PeopleDatabase.askedAt(JourneyCrowd.NOW));

      List<List<String>> paths = paths(question, answer);
      assertThat(answer.sessions()).isEqualTo(paths.size());
      Map<Integer, List<String>> shown = shown(paths, question);
      assertThat(nodes(answer)).as("%s", question).isEqualTo(expectedNodes(paths, shown));
      assertThat(edges(answer)).as("%s", question).isEqualTo(expectedEdges(paths, shown));
    }
  }

  /// Each session's path as the names it comes by, an empty name where it has no more.
  private static List<List<String>> paths(PathsQuestion question, PathsAnswer answer) {
    List<List<String>> paths = new ArrayList<>();
    for (List<Happening> session :
        crowd.sessions(
            answer.head().range().from().toInstant(), answer.head().range().to().toInstant())) {
      int place = 0;
      while (place < session.size() && !isMeant(question, session.get(place))) {
        place++;
      }
      if (place < session.size()) {
        List<Happening> rest =
            question.isAfter()
                ? session.subList(place + 1, session.size())
                : session.subList(0, place).reversed();
        List<String> path = new ArrayList<>();
        rest.stream().limit(question.levels()).map(PathsAnswererIT::name).forEach(path::add);
        if (path.size() < question.levels()) {
          path.add("");
        }
        paths.add(path);
      }
    }
    return paths;
  }

  private static boolean isMeant(PathsQuestion question, Happening happening) {
    return happening.isStep() == (question.around().step() != null)
        && happening.name().equals(question.around().name());
  }

  private static Map<Integer, List<String>> shown(
      List<List<String>> paths, PathsQuestion question) {
    Map<Integer, List<String>> shown = new TreeMap<>();
    for (int level = 1; level <= question.levels(); level++) {
      int place = level - 1;
      Map<String, Long> counts =
          paths.stream()
              .filter(path -> path.size() > place && !path.get(place).isEmpty())
              .collect(Collectors.groupingBy(path -> path.get(place), Collectors.counting()));
      shown.put(
          level,
          counts.entrySet().stream()
              .sorted(
                  Comparator.comparingLong((Map.Entry<String, Long> each) -> -each.getValue())
                      .thenComparing(Map.Entry::getKey))
              .limit(question.shown())
              .map(Map.Entry::getKey)
              .toList());
    }
    return shown;
  }

  private static Map<String, Long> expectedNodes(
      List<List<String>> paths, Map<Integer, List<String>> shown) {
    Map<String, Long> nodes = new TreeMap<>();
    for (List<String> path : paths) {
      for (int level = 1; level <= path.size(); level++) {
        nodes.merge(stop(level, path.get(level - 1), shown), 1L, Long::sum);
      }
    }
    return nodes;
  }

  private static Map<String, Long> expectedEdges(
      List<List<String>> paths, Map<Integer, List<String>> shown) {
    Map<String, Long> edges = new TreeMap<>();
    for (List<String> path : paths) {
      String from = "0";
      for (int level = 1; level <= path.size(); level++) {
        String to = stop(level, path.get(level - 1), shown);
        edges.merge(from + " > " + to, 1L, Long::sum);
        from = to;
      }
    }
    return edges;
  }

  private static String stop(int level, String name, Map<Integer, List<String>> shown) {
    if (name.isEmpty()) {
      return level + " none";
    }
    return shown.getOrDefault(level, List.of()).contains(name)
        ? level + " event " + name
        : level + " other";
  }

  private static Map<String, Long> nodes(PathsAnswer answer) {
    Map<String, Long> nodes = new TreeMap<>();
    answer.nodes().stream()
        .filter(node -> node.level() > 0)
        .forEach(node -> assertThat(nodes.put(told(node), node.sessions())).isNull());
    return nodes;
  }

  private static Map<String, Long> edges(PathsAnswer answer) {
    Map<String, Long> edges = new TreeMap<>();
    for (Edge edge : answer.edges()) {
      String told =
          told(answer.nodes().get(edge.from())) + " > " + told(answer.nodes().get(edge.to()));
      assertThat(edges.put(told, edge.sessions())).isNull();
    }
    return edges;
  }

  private static String told(Node node) {
    if (node.level() == 0) {
      return "0";
    }
    return node.kind().equals("event")
        ? "%d event %s%s".formatted(node.level(), node.name(), node.isStep() ? " step" : "")
        : "%d %s".formatted(node.level(), node.kind());
  }

  private static String name(Happening happening) {
    return happening.name() + (happening.isStep() ? " step" : "");
  }

  private static PathsQuestion question(Random random) {
    Instant from = JourneyCrowd.anyTime(random);
    return new PathsQuestion(
        new AskedTime(from.toString()),
        new AskedTime(from.plusSeconds(1 + random.nextInt(900_000)).toString()),
        null,
        random.nextBoolean() ? EventSelector.event("search") : EventSelector.step("page_visit"),
        random.nextBoolean() ? PathDirection.BEFORE : null,
        1 + random.nextInt(5),
        1 + random.nextInt(6));
  }
}
