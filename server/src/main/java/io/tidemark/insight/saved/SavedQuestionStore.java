package io.tidemark.insight.saved;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The saved questions. Thread-safe.
final class SavedQuestionStore {

  private static final String COLUMNS =
      "saved_question_id, name, description, owner, created_at, changed_at, document";

  private static final String INSERT =
      """
      INSERT /* saved.create_question */ INTO saved_question (name, description, owner, created_at, changed_at, document)
      VALUES (:name, :description, :owner, :now, :now, CAST(:document AS json))
      RETURNING %s
      """
          .formatted(COLUMNS);

  private static final String UPDATE =
      """
      UPDATE /* saved.change_question */ saved_question
         SET name = :name, description = :description, changed_at = :now, document = CAST(:document AS json)
       WHERE saved_question_id = :id
      RETURNING %s
      """
          .formatted(COLUMNS);

  private static final String DELETE =
      "DELETE /* saved.delete_question */ FROM saved_question WHERE saved_question_id = :id";

  private static final String FIND =
      "SELECT /* saved.find_question */ %s FROM saved_question WHERE saved_question_id = :id"
          .formatted(COLUMNS);

  private static final String LIST =
      "SELECT /* saved.list_questions */ %s FROM saved_question ORDER BY name, saved_question_id"
          .formatted(COLUMNS);

  private static final String LIST_OF_DASHBOARD =
      """
      SELECT /* saved.list_dashboard_questions */ %s
        FROM dashboard_question JOIN saved_question USING (saved_question_id)
       WHERE dashboard_id = :dashboard
       ORDER BY place
      """
          .formatted(COLUMNS);

  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final JsonMapper mapper;

  SavedQuestionStore(JdbcClient jdbc, InstantSource clock, JsonMapper mapper) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.mapper = mapper;
  }

  SavedQuestion create(SavedQuestion.Draft draft, String owner) {
    return write(INSERT, draft).param("owner", owner).query(this::question).single();
  }

  /// Empty when it was deleted meanwhile.
  Optional<SavedQuestion> change(UUID id, SavedQuestion.Draft draft) {
    return write(UPDATE, draft).param("id", id).query(this::question).optional();
  }

  void delete(UUID id) {
    jdbc.sql(DELETE).param("id", id).update();
  }

  Optional<SavedQuestion> find(UUID id) {
    return jdbc.sql(FIND).param("id", id).query(this::question).optional();
  }

  /// All, by name.
  List<SavedQuestion> list() {
    return jdbc.sql(LIST).query(this::question).list();
  }

  /// Those of a dashboard, in their order.
  List<SavedQuestion> listOfDashboard(UUID dashboard) {
    return jdbc.sql(LIST_OF_DASHBOARD).param("dashboard", dashboard).query(this::question).list();
  }

  private JdbcClient.StatementSpec write(String sql, SavedQuestion.Draft draft) {
    return jdbc.sql(sql)
        .param("name", draft.name())
        .param("description", draft.description())
        .param("document", draft.document().toString())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC));
  }

  private SavedQuestion question(ResultSet row, int number) throws SQLException {
    return new SavedQuestion(
        row.getObject("saved_question_id", UUID.class),
        row.getString("name"),
        row.getString("description"),
        row.getString("owner"),
        instant(row, "created_at"),
        instant(row, "changed_at"),
        mapper.readTree(row.getString("document")));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
