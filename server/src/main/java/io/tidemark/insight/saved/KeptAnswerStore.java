package io.tidemark.insight.saved;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The answers that are kept, and who asks them anew: one server holds the claim to a question at a
/// time. Every time is by the clock of the database. Thread-safe.
final class KeptAnswerStore {

  private static final String GENERATION = "(SELECT answers_generation FROM installation)";
  private static final String UNCLAIMED =
      "(claimed_at IS NULL OR claimed_at < now() - :abandoned * interval '1 millisecond')";

  private static final String FIND =
      """
      SELECT /* saved.find_answer */ answer, took_ms, tried_ms,
             extract(epoch FROM now() - asked_at) * 1000 AS age_ms, extract(epoch FROM now() - tried_at) * 1000 AS since_try_ms
        FROM kept_answer
       WHERE saved_question_id = :question AND shows_people = :shows_people AND changed_at = :changed_at
         AND generation = %s AND answer IS NOT NULL
      """
          .formatted(GENERATION);

  private static final String CLAIM =
      """
      INSERT /* saved.claim_answer */ INTO kept_answer AS kept
        (saved_question_id, shows_people, changed_at, generation, opened_at, claimed_at, tried_at)
      SELECT saved_question_id, :shows_people, changed_at, %s, now(), now(), now()
        FROM saved_question
       WHERE saved_question_id = :question AND changed_at = :changed_at
         FOR KEY SHARE
      ON CONFLICT (saved_question_id, shows_people) DO UPDATE
         SET claimed_at = excluded.claimed_at,
             tried_at = excluded.tried_at,
             opened_at = CASE WHEN :is_opened THEN excluded.opened_at ELSE kept.opened_at END,
             changed_at = excluded.changed_at,
             generation = excluded.generation,
             asked_at = CASE WHEN (kept.changed_at, kept.generation) = (excluded.changed_at, excluded.generation) THEN kept.asked_at END,
             answer = CASE WHEN (kept.changed_at, kept.generation) = (excluded.changed_at, excluded.generation) THEN kept.answer END
       WHERE (kept.changed_at, kept.generation) <> (excluded.changed_at, excluded.generation)
          OR %s
             AND kept.tried_at < now() - greatest(%d, kept.tried_ms * %d::bigint) * interval '1 millisecond'
      RETURNING claimed_at
      """
          .formatted(
              GENERATION,
              UNCLAIMED.replace("claimed_at", "kept.claimed_at"),
              KeptAnswer.RENEWED_AT_EARLIEST.toMillis(),
              KeptAnswer.RENEWAL_FACTOR);

  private static final String KEEP =
      """
      UPDATE /* saved.keep_answer */ kept_answer
         SET claimed_at = NULL, asked_at = :since, took_ms = :took_ms, tried_ms = :took_ms, answer = CAST(:answer AS json)
       WHERE saved_question_id = :question AND shows_people = :shows_people AND claimed_at = :since
      """;

  private static final String RELEASE =
      """
      UPDATE /* saved.release_answer */ kept_answer
         SET claimed_at = NULL, tried_ms = :took_ms
       WHERE saved_question_id = :question AND shows_people = :shows_people AND claimed_at = :since
      """;

  private static final String FIND_OLD =
      """
      SELECT /* saved.find_old_answer */ saved_question_id, shows_people
        FROM kept_answer
       WHERE %s
         AND (generation <> %s
              OR (asked_at IS NULL OR answer IS NOT NULL)
                 AND tried_at < now() - greatest(300000, tried_ms * 100::bigint) * interval '1 millisecond')
       ORDER BY tried_at
       LIMIT 1
      """
          .formatted(UNCLAIMED, GENERATION);

  private static final String FORGET =
      "DELETE /* saved.forget_answer */ FROM kept_answer WHERE saved_question_id = :question AND shows_people = :shows_people";

  private static final String FORGET_FORGOTTEN =
      "UPDATE /* saved.forget_answers */ kept_answer SET answer = NULL WHERE answer IS NOT NULL AND generation <> "
          + GENERATION;

  private static final String FORGET_UNOPENED =
      "DELETE /* saved.forget_answers */ FROM kept_answer WHERE opened_at < now() - interval '7 days' AND "
          + UNCLAIMED;

  private static final String FORGET_ALL =
      "SELECT /* saved.forget_answers */ forget_kept_answers()";

  private final JdbcClient jdbc;
  private final long abandonedMillis;

  /// @param abandoned how old a claim is whose server must have died; longer than any question
  ///   takes
  KeptAnswerStore(JdbcClient jdbc, Duration abandoned) {
    this.jdbc = jdbc;
    this.abandonedMillis = abandoned.toMillis();
  }

  /// The last answer to the question as it is now.
  Optional<KeptAnswer> find(SavedQuestion question, boolean showsPeople) {
    return jdbc.sql(FIND)
        .param("question", question.id())
        .param("shows_people", showsPeople)
        .param("changed_at", question.changedAt().atOffset(ZoneOffset.UTC))
        .query(KeptAnswerStore::answer)
        .optional();
  }

  /// Empty when it is being asked, was asked a moment ago, or is another question now.
  ///
  /// @param isOpened whether somebody wants to see it
  Optional<KeptAnswer.Claim> claim(SavedQuestion question, boolean showsPeople, boolean isOpened) {
    KeptAnswer.Key key = new KeptAnswer.Key(question.id(), showsPeople);
    return jdbc.sql(CLAIM)
        .param("question", question.id())
        .param("shows_people", showsPeople)
        .param("changed_at", question.changedAt().atOffset(ZoneOffset.UTC))
        .param("is_opened", isOpened)
        .param("abandoned", abandonedMillis)
        .query((row, number) ->
            new KeptAnswer.Claim(key, SavedQuestionStore.instant(row, "claimed_at")))
        .optional();
  }

  /// Ends the claim. An answer that was read from what is gone since is never given.
  ///
  /// @param json null when it is too long
  void keep(KeptAnswer.Claim claim, Duration took, @Nullable String json) {
    end(KEEP, claim, took).param("answer", json).update();
  }

  /// Ends the claim with what was kept before.
  void release(KeptAnswer.Claim claim, Duration took) {
    end(RELEASE, claim, took).update();
  }

  /// The one that waits longest to be asked again.
  Optional<KeptAnswer.Key> findOld() {
    return jdbc.sql(FIND_OLD)
        .param("abandoned", abandonedMillis)
        .query((row, number) ->
            new KeptAnswer.Key(
                row.getObject("saved_question_id", UUID.class), row.getBoolean("shows_people")))
        .optional();
  }

  /// Until somebody opens it again.
  void forget(KeptAnswer.Key key) {
    jdbc.sql(FORGET)
        .param("question", key.question())
        .param("shows_people", key.showsPeople())
        .update();
  }

  /// Deletes what is given no more, and what nobody opened for a week.
  void forgetOld() {
    jdbc.sql(FORGET_FORGOTTEN).update();
    jdbc.sql(FORGET_UNOPENED).param("abandoned", abandonedMillis).update();
  }

  /// Nothing that was asked before is given any more.
  void forgetAll() {
    jdbc.sql(FORGET_ALL).query(row -> {});
  }

  private JdbcClient.StatementSpec end(String sql, KeptAnswer.Claim claim, Duration took) {
    return jdbc.sql(sql)
        .param("question", claim.key().question())
        .param("shows_people", claim.key().showsPeople())
        .param("since", claim.since().atOffset(ZoneOffset.UTC))
        .param("took_ms", (int) took.toMillis());
  }

  private static KeptAnswer answer(ResultSet row, int number) throws SQLException {
    return new KeptAnswer(
        row.getString("answer"),
        Duration.ofMillis(row.getLong("took_ms")),
        Duration.ofMillis((long) row.getDouble("age_ms")),
        Duration.ofMillis(row.getLong("tried_ms")),
        Duration.ofMillis((long) row.getDouble("since_try_ms")));
  }
}
