package io.tidemark.insight.saved;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The dashboards and which questions are on them. Thread-safe.
final class DashboardStore {

  private static final String COLUMNS =
      """
      dashboard_id, name, description, owner, created_at, changed_at,
      ARRAY(SELECT saved_question_id FROM dashboard_question AS part WHERE part.dashboard_id = dashboard.dashboard_id ORDER BY place)
        AS questions
      """;

  private static final String INSERT =
      """
      INSERT /* saved.create_dashboard */ INTO dashboard (name, description, owner, created_at, changed_at)
      VALUES (:name, :description, :owner, :now, :now)
      RETURNING dashboard_id
      """;

  private static final String UPDATE =
      """
      UPDATE /* saved.change_dashboard */ dashboard
         SET name = :name, description = :description, changed_at = :now
       WHERE dashboard_id = :id
      """;

  /// What is on it now; others leave it. Of questions that are gone nothing is left.
  private static final String PLACE =
      """
      WITH asked AS (
        SELECT saved_question_id, place
          FROM unnest(CAST(:questions AS uuid[])) WITH ORDINALITY AS asked (saved_question_id, place)
      ), gone AS (
        DELETE /* saved.place_questions */ FROM dashboard_question
         WHERE dashboard_id = :id AND saved_question_id NOT IN (SELECT saved_question_id FROM asked)
      )
      INSERT INTO dashboard_question (dashboard_id, saved_question_id, place)
      SELECT :id, saved_question_id, place FROM asked
      ON CONFLICT (dashboard_id, saved_question_id) DO UPDATE SET place = excluded.place
      """;

  private static final String DELETE =
      "DELETE /* saved.delete_dashboard */ FROM dashboard WHERE dashboard_id = :id";

  private static final String FIND =
      "SELECT /* saved.find_dashboard */ %s FROM dashboard WHERE dashboard_id = :id"
          .formatted(COLUMNS);

  private static final String LIST =
      "SELECT /* saved.list_dashboards */ %s FROM dashboard ORDER BY name, dashboard_id"
          .formatted(COLUMNS);

  private final JdbcClient jdbc;
  private final InstantSource clock;

  DashboardStore(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// To be called in a transaction.
  ///
  /// @throws org.springframework.dao.DataIntegrityViolationException when there is no such question
  UUID create(Dashboard.Draft draft, String owner) {
    UUID id = write(INSERT, draft).param("owner", owner).query(UUID.class).single();
    place(id, draft.questions());
    return id;
  }

  /// To be called in a transaction.
  ///
  /// @throws org.springframework.dao.DataIntegrityViolationException when there is no such question
  void change(UUID id, Dashboard.Draft draft) {
    if (write(UPDATE, draft).param("id", id).update() > 0) {
      place(id, draft.questions());
    }
  }

  void delete(UUID id) {
    jdbc.sql(DELETE).param("id", id).update();
  }

  Optional<Dashboard> find(UUID id) {
    return jdbc.sql(FIND).param("id", id).query(DashboardStore::dashboard).optional();
  }

  /// All, by name.
  List<Dashboard> list() {
    return jdbc.sql(LIST).query(DashboardStore::dashboard).list();
  }

  private void place(UUID id, List<UUID> questions) {
    jdbc.sql(PLACE)
        .param("id", id)
        .param("questions", questions.stream().map(UUID::toString).toArray(String[]::new))
        .update();
  }

  private JdbcClient.StatementSpec write(String sql, Dashboard.Draft draft) {
    return jdbc.sql(sql)
        .param("name", draft.name())
        .param("description", draft.description())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC));
  }

  private static Dashboard dashboard(ResultSet row, int number) throws SQLException {
    Array questions = row.getArray("questions");
    return new Dashboard(
        row.getObject("dashboard_id", UUID.class),
        row.getString("name"),
        row.getString("description"),
        row.getString("owner"),
        SavedQuestionStore.instant(row, "created_at"),
        SavedQuestionStore.instant(row, "changed_at"),
        List.of((UUID[]) questions.getArray()));
  }
}
