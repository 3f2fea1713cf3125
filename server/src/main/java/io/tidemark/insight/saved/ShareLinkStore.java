package io.tidemark.insight.saved;

import io.tidemark.access.Secret;
import java.sql.Types;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The links that were shared. Tokens are 256 random bits, kept as a hash. Thread-safe.
final class ShareLinkStore {

  private static final String PREFIX = "tm_share_";

  /// What a link is of.
  ///
  /// @param isDashboard else it is a question
  record Target(boolean isDashboard, UUID id) {

    static Target ofQuestion(UUID id) {
      return new Target(false, id);
    }

    static Target ofDashboard(UUID id) {
      return new Target(true, id);
    }
  }

  /// A link that is good.
  record Found(UUID id, Target target) {}

  private static final String INSERT =
      """
      INSERT /* saved.create_link */ INTO share_link (saved_question_id, dashboard_id, created_by, created_at, token_hash)
      VALUES (:question, :dashboard, :who, :now, decode(:hash, 'hex'))
      RETURNING share_link_id
      """;

  private static final String FIND =
      """
      SELECT /* saved.find_link */ share_link_id, dashboard_id IS NOT NULL AS is_dashboard, coalesce(dashboard_id, saved_question_id) AS shared_id
        FROM share_link
       WHERE token_hash = decode(:hash, 'hex')
      """;

  private static final String LIST =
      """
      SELECT /* saved.list_links */ share_link_id, created_at, created_by
        FROM share_link
       WHERE saved_question_id = :question OR dashboard_id = :dashboard
       ORDER BY created_at, share_link_id
      """;

  private static final String DELETE =
      """
      DELETE /* saved.revoke_link */ FROM share_link
       WHERE share_link_id = :id AND (saved_question_id = :question OR dashboard_id = :dashboard)
      """;

  private final JdbcClient jdbc;
  private final InstantSource clock;

  ShareLinkStore(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  ShareLink.New create(Target target, String who) {
    String token = Secret.draw(PREFIX);
    UUID id =
        with(INSERT, target)
            .param("who", who)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("hash", Secret.hash(token))
            .query(UUID.class)
            .single();
    return ShareLink.New.of(id, token);
  }

  Optional<Found> find(String token) {
    return jdbc.sql(FIND)
        .param("hash", Secret.hash(token))
        .query((row, number) ->
            new Found(
                row.getObject("share_link_id", UUID.class),
                new Target(row.getBoolean("is_dashboard"), row.getObject("shared_id", UUID.class))))
        .optional();
  }

  List<ShareLink> list(Target target) {
    return with(LIST, target)
        .query((row, number) ->
            new ShareLink(
                row.getObject("share_link_id", UUID.class),
                SavedQuestionStore.instant(row, "created_at"),
                row.getString("created_by")))
        .list();
  }

  /// @return whether there was such a link
  boolean revoke(Target target, UUID id) {
    return with(DELETE, target).param("id", id).update() > 0;
  }

  private JdbcClient.StatementSpec with(String sql, Target target) {
    return jdbc.sql(sql)
        .param("question", target.isDashboard() ? null : target.id(), Types.OTHER)
        .param("dashboard", target.isDashboard() ? target.id() : null, Types.OTHER);
  }
}
