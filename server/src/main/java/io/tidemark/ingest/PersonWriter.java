package io.tidemark.ingest;

import io.tidemark.record.PersonDescription;
import io.tidemark.record.SubscriptionState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Writes what is said of people and their subscriptions; the newest by event time holds, whatever
/// the order of arrival. Rows are written in the order of their keys, so that writers do not wait
/// for each other in a circle.
final class PersonWriter {

  private static final String DESCRIBE =
      """
      UPDATE /* person.describe */ app_user
         SET subscription_tier = coalesce(?, subscription_tier),
             traits = CASE WHEN ?::jsonb IS NULL THEN traits ELSE coalesce(traits, '{}') || ?::jsonb END,
             described_at = ?
       WHERE user_key = ? AND (described_at IS NULL OR described_at <= ?)
      """;

  /// A state that arrives after a newer one tells only when the subscription ran.
  private static final String SUBSCRIBE =
      """
      INSERT INTO /* subscription.write */ subscription AS known
        (subscription_id, user_key, tier, price, currency, status, started_at, ended_at, described_at,
         first_described_at, ran_at, ends_said_at)
      SELECT said.*, at, CASE meaning WHEN 'runs' THEN at END, CASE meaning WHEN 'ends' THEN ARRAY[at] ELSE '{}' END
        FROM (SELECT ?::text, ?::bigint, ?::text, ?::numeric, ?::text, ?::text, ?::timestamptz, ?::timestamptz, ?::timestamptz)
               AS said (subscription_id, user_key, tier, price, currency, status, started_at, ended_at, at),
             subscription_status_meaning(said.status) AS meaning
      ON CONFLICT (subscription_id) DO UPDATE
         SET (user_key, tier, price, currency, status, started_at, ended_at, described_at) =
               (SELECT excluded.user_key, coalesce(excluded.tier, known.tier), coalesce(excluded.price, known.price),
                       coalesce(excluded.currency, known.currency), coalesce(excluded.status, known.status),
                       coalesce(excluded.started_at, known.started_at), coalesce(excluded.ended_at, known.ended_at),
                       excluded.described_at
                 WHERE known.described_at <= excluded.described_at
                UNION ALL
                SELECT known.user_key, known.tier, known.price, known.currency, known.status, known.started_at, known.ended_at,
                       known.described_at
                 WHERE known.described_at > excluded.described_at),
             first_described_at = least(known.first_described_at, excluded.first_described_at),
             ran_at = greatest(known.ran_at, excluded.ran_at),
             ends_said_at = subscription_ends(known.ends_said_at, known.ran_at, excluded.ends_said_at, excluded.ran_at)
      """;

  private PersonWriter() {}

  static void describe(
      Connection connection,
      List<PersonDescription> descriptions,
      ToLongFunction<PersonDescription> userKey)
      throws SQLException {
    List<PersonDescription> ordered =
        descriptions.stream()
            .sorted(Comparator.comparingLong(userKey).thenComparing(PersonDescription::at))
            .toList();
    try (PreparedStatement statement = connection.prepareStatement(DESCRIBE)) {
      for (PersonDescription description : ordered) {
        statement.setString(1, description.subscriptionTier());
        statement.setString(2, description.traits());
        statement.setString(3, description.traits());
        setInstant(statement, 4, description.at());
        statement.setLong(5, userKey.applyAsLong(description));
        setInstant(statement, 6, description.at());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  static void subscribe(
      Connection connection,
      List<SubscriptionState> states,
      ToLongFunction<SubscriptionState> userKey)
      throws SQLException {
    List<SubscriptionState> ordered =
        states.stream()
            .sorted(
                Comparator.comparing(SubscriptionState::subscriptionId)
                    .thenComparing(SubscriptionState::at))
            .toList();
    // Not as a JDBC batch: rewritten into one INSERT, the same subscription twice in it would be an
    // error.
    try (PreparedStatement statement = connection.prepareStatement(SUBSCRIBE)) {
      for (SubscriptionState state : ordered) {
        statement.setString(1, state.subscriptionId());
        statement.setLong(2, userKey.applyAsLong(state));
        statement.setString(3, state.tier());
        statement.setBigDecimal(4, state.price());
        statement.setString(5, state.currency());
        statement.setString(6, state.status());
        setInstant(statement, 7, state.startedAt());
        setInstant(statement, 8, state.endedAt());
        setInstant(statement, 9, state.at());
        statement.executeUpdate();
      }
    }
  }

  private static void setInstant(PreparedStatement statement, int index, @Nullable Instant instant)
      throws SQLException {
    if (instant == null) {
      statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
      return;
    }
    statement.setObject(index, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
  }
}
