package io.tidemark.ingest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidemark.record.CapturedRecord;
import io.tidemark.record.Fact;
import io.tidemark.record.FactKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Numbers what happened: every event type, step, metric and endpoint once. Numbers once given
/// never change, so that they can be remembered; those recently seen are. Thread-safe.
final class KindDirectory {

  private static final int REMEMBERED = 20_000;

  /// Numbers begin at 1.
  private static final int UNKNOWN = 0;

  private static final String FIND =
      """
      SELECT /* kind.find */ place, kind_id
        FROM unnest(?, ?, ?) WITH ORDINALITY AS wanted (fact, name, qualifier, place)
        JOIN fact_kind USING (fact, name, qualifier)
      """;

  /// Looks before it inserts and inserts in order, for the reasons that [PersonDirectory] has.
  private static final String ADD =
      """
      INSERT INTO /* kind.add */ fact_kind (fact, name, qualifier)
      SELECT fact, name, qualifier
        FROM unnest(?, ?, ?) AS wanted (fact, name, qualifier)
       ORDER BY fact, name, qualifier
      ON CONFLICT (fact, name, qualifier) DO NOTHING
      """;

  private final Cache<FactKind, Integer> ids =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  /// The kind of each fact, by its position; what is new gets a number. Commits on its own: a kind
  /// without records harms nobody.
  ///
  /// @param connection in auto-commit mode
  /// @return 0 for records that are no facts
  int[] resolve(Connection connection, List<CapturedRecord> records) throws SQLException {
    Map<FactKind, Integer> ofGroup = new HashMap<>();
    int[] kindIds = new int[records.size()];
    for (int i = 0; i < kindIds.length; i++) {
      if (records.get(i) instanceof Fact fact) {
        kindIds[i] = ofGroup.computeIfAbsent(fact.kind(), this::remembered);
      }
    }
    List<FactKind> unknown =
        ofGroup.entrySet().stream()
            .filter(entry -> entry.getValue() == UNKNOWN)
            .map(Map.Entry::getKey)
            .toList();
    if (unknown.isEmpty()) {
      return kindIds;
    }
    Map<FactKind, Integer> numbered = number(connection, unknown);
    for (int i = 0; i < kindIds.length; i++) {
      if (kindIds[i] == UNKNOWN && records.get(i) instanceof Fact fact) {
        kindIds[i] = Objects.requireNonNull(numbered.get(fact.kind()), "A kind was deleted");
      }
    }
    return kindIds;
  }

  private int remembered(FactKind kind) {
    Integer id = ids.getIfPresent(kind);
    return id == null ? UNKNOWN : id;
  }

  private Map<FactKind, Integer> number(Connection connection, List<FactKind> unknown)
      throws SQLException {
    Map<FactKind, Integer> numbered = new HashMap<>();
    find(connection, unknown, numbered);
    List<FactKind> added = unknown.stream().filter(kind -> !numbered.containsKey(kind)).toList();
    if (!added.isEmpty()) {
      add(connection, added);
      find(connection, added, numbered);
    }
    ids.putAll(numbered);
    return numbered;
  }

  private static void find(
      Connection connection, List<FactKind> wanted, Map<FactKind, Integer> found)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      setKinds(statement, wanted);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(wanted.get(rows.getInt(1) - 1), rows.getInt(2));
        }
      }
    }
  }

  private static void add(Connection connection, List<FactKind> kinds) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      setKinds(statement, kinds);
      statement.executeUpdate();
    }
  }

  private static void setKinds(PreparedStatement statement, List<FactKind> kinds)
      throws SQLException {
    setTexts(statement, 1, kinds, kind -> kind.fact().tableName());
    setTexts(statement, 2, kinds, FactKind::name);
    setTexts(statement, 3, kinds, FactKind::qualifier);
  }

  private static void setTexts(
      PreparedStatement statement, int place, List<FactKind> kinds, Function<FactKind, String> text)
      throws SQLException {
    Object[] texts = kinds.stream().map(text).toArray();
    statement.setArray(place, statement.getConnection().createArrayOf("text", texts));
  }
}
