package io.tidemark.insight.saved;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The answers that are kept, and who asks them anew. Thread-safe, also among servers: one holds
/// the claim to a question at a time.
final class KeptAnswerStore {

  /// A server that has died leaves its claims. More than a question may take.
  private static final String ABANDONED = "claimed_at < now() - interval '5 minutes'";

  private static final String FIND =
      """
      SELECT /* saved.find_answer */ asked_at, took_ms, answer
        FROM kept_answer
       WHERE saved_question_id = :question AND shows_people = :shows_people AND changed_at = :changed_at AND answer IS NOT NULL
      """;

  private static final String CLAIM =
      """
      INSERT /* saved.claim_answer */ INTO kept_answer AS kept (saved_question_id, shows_people, changed_at, opened_at, claimed_at, tried_at)
      SELECT saved_question_id, :shows_people, changed_at, :now, :now, :now
        FROM saved_question
       WHERE saved_question_id = :question AND changed_at = :changed_at
         FOR KEY SHARE
      ON CONFLICT (saved_question_id, shows_people) DO UPDATE
         SET claimed_at = excluded.claimed_at,
             tried_at = excluded.tried_at,
             opened_at = CASE WHEN :is_opened THEN excluded.opened_at ELSE kept.opened_at END,
             changed_at = excluded.changed_at,
             asked_at = CASE WHEN kept.changed_at = excluded.changed_at THEN kept.asked_at END,
             answer = CASE WHEN kept.changed_at = excluded.changed_at THEN kept.answer END
       WHERE kept.claimed_at IS NULL OR kept.%s
      """
          .formatted(ABANDONED);

  private static final String KEEP =
      """
      UPDATE /* saved.keep_answer */ kept_answer
         SET claimed_at = NULL, asked_at = :since, took_ms = :took_ms, answer = CAST(:answer AS json)
       WHERE saved_question_id = :question AND shows_people = :shows_people AND claimed_at = :since
      """;

  private static final String RELEASE =
      """
      UPDATE /* saved.release_answer */ kept_answer
         SET claimed_at = NULL, took_ms = :took_ms
       WHERE saved_question_id = :question AND shows_people = :shows_people AND claimed_at = :since
      """;

  private static final String FIND_OLD =
      """
      SELECT /* saved.find_old_answer */ saved_question_id, shows_people
        FROM kept_answer
       WHERE answer IS NOT NULL AND opened_at > now() - interval '7 days'
         AND (claimed_at IS NULL OR %s)
         AND tried_at < now() - greatest(interval '5 minutes', 100 * took_ms * interval '1 millisecond')
       ORDER BY tried_at
       LIMIT 1
      """
          .formatted(ABANDONED);

  private final JdbcClient jdbc;

  KeptAnswerStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
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

  /// Empty when it is being asked already, or the question has changed.
  ///
  /// @param isOpened whether somebody wants to see it
  Optional<KeptAnswer.Claim> claim(
      SavedQuestion question, boolean showsPeople, boolean isOpened, Instant now) {
    Instant since = now.truncatedTo(ChronoUnit.MICROS);
    int claimed =
        jdbc.sql(CLAIM)
            .param("question", question.id())
            .param("shows_people", showsPeople)
            .param("changed_at", question.changedAt().atOffset(ZoneOffset.UTC))
            .param("now", since.atOffset(ZoneOffset.UTC))
            .param("is_opened", isOpened)
            .update();
    KeptAnswer.Key key = new KeptAnswer.Key(question.id(), showsPeople);
    return claimed == 0 ? Optional.empty() : Optional.of(new KeptAnswer.Claim(key, since));
  }

  /// Ends the claim. Keeps nothing when somebody's detail was taken away since.
  void keep(KeptAnswer.Claim claim, Duration took, String json) {
    end(KEEP, claim, took).param("answer", json).update();
  }

  /// Ends the claim with what was kept before.
  void release(KeptAnswer.Claim claim, Duration took) {
    end(RELEASE, claim, took).update();
  }

  /// The one that waits longest to be asked again, of those that were opened within a week.
  Optional<KeptAnswer.Key> findOld() {
    return jdbc.sql(FIND_OLD)
        .query((row, number) ->
            new KeptAnswer.Key(
                row.getObject("saved_question_id", UUID.class), row.getBoolean("shows_people")))
        .optional();
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
        SavedQuestionStore.instant(row, "asked_at"),
        Duration.ofMillis(row.getInt("took_ms")),
        row.getString("answer"));
  }
}
