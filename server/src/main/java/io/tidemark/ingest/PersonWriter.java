package io.tidemark.ingest;

import io.tidemark.record.Person;
import io.tidemark.record.PersonDescription;
import io.tidemark.record.SubscriptionState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Writes since when people have been seen, and what is said of them and their subscriptions; the
/// newest by event time holds, whatever the order of arrival. Rows are locked in the order of their
/// keys, so that writers do not wait for each other in a circle: those of people all at once, if
/// more than one statement is going to write them.
final class PersonWriter {

  private static final String LOCK =
      "SELECT /* person.lock */ user_key FROM app_user WHERE user_key = ANY (?) ORDER BY user_key FOR NO KEY UPDATE";

  private static final String SEE =
      """
      UPDATE /* person.see */ app_user AS person
         SET first_seen_at = seen.at
        FROM (SELECT user_key, timestamptz 'epoch' + micros * interval '1 microsecond' AS at
                FROM unnest(?, ?) AS told (user_key, micros)) AS seen
       WHERE person.user_key = seen.user_key AND person.first_seen_at > seen.at
      """;

  private static final String DESCRIBE =
      """
      UPDATE /* person.describe */ app_user
         SET subscription_tier = coalesce(?, subscription_tier),
             traits = CASE WHEN ?::jsonb IS NULL THEN traits ELSE coalesce(traits, '{}') || ?::jsonb END,
             described_at = ?
       WHERE user_key = ? AND (described_at IS NULL OR described_at <= ?)
      """;

  /// A state that arrives after a newer one tells when the subscription ran, and what no other has
  /// said. When it started and ended is as the newest says that says it.
  private static final String SUBSCRIBE =
      """
      INSERT INTO /* subscription.write */ subscription AS known
        (subscription_id, user_key, tier, price, currency, status, started_at, ended_at, described_at,
         first_described_at, start_told_at, end_told_at, ran_at, ends_said_at)
      SELECT said.*, at, CASE WHEN started_at IS NOT NULL THEN at END, CASE WHEN ended_at IS NOT NULL THEN at END,
             CASE meaning WHEN 'runs' THEN at END, CASE meaning WHEN 'ends' THEN ARRAY[at] ELSE '{}' END
        FROM (SELECT ?::text, ?::bigint, ?::text, ?::numeric, ?::text, ?::text, ?::timestamptz, ?::timestamptz, ?::timestamptz)
               AS said (subscription_id, user_key, tier, price, currency, status, started_at, ended_at, at),
             subscription_status_meaning(said.status) AS meaning
      ON CONFLICT (subscription_id) DO UPDATE
         SET (user_key, tier, price, currency, status, described_at) =
               (SELECT excluded.user_key, coalesce(excluded.tier, known.tier), coalesce(excluded.price, known.price),
                       coalesce(excluded.currency, known.currency), coalesce(excluded.status, known.status), excluded.described_at
                 WHERE known.described_at <= excluded.described_at
                UNION ALL
                SELECT known.user_key, coalesce(known.tier, excluded.tier), coalesce(known.price, excluded.price),
                       coalesce(known.currency, excluded.currency), coalesce(known.status, excluded.status), known.described_at
                 WHERE known.described_at > excluded.described_at),
             started_at = CASE WHEN excluded.start_told_at >= coalesce(known.start_told_at, '-infinity') THEN excluded.started_at ELSE known.started_at END,
             ended_at = CASE WHEN excluded.end_told_at >= coalesce(known.end_told_at, '-infinity') THEN excluded.ended_at ELSE known.ended_at END,
             start_told_at = greatest(known.start_told_at, excluded.start_told_at),
             end_told_at = greatest(known.end_told_at, excluded.end_told_at),
             first_described_at = least(known.first_described_at, excluded.first_described_at),
             ran_at = greatest(known.ran_at, excluded.ran_at),
             ends_said_at = subscription_ends(known.ends_said_at, known.ran_at, excluded.ends_said_at, excluded.ran_at)
      """;

  private PersonWriter() {}

  /// @param earlier those who were seen earlier than was known; none cost nothing
  /// @param descriptions what is going to be said of people in the same transaction
  static void see(
      Connection connection,
      Collection<KnownPerson> earlier,
      List<PersonDescription> descriptions,
      Map<Person, KnownPerson> known)
      throws SQLException {
    if (earlier.isEmpty()) {
      return;
    }
    Object[] touched =
        LongStream.concat(
                earlier.stream().mapToLong(KnownPerson::userKey),
                descriptions.stream().mapToLong(each -> userKey(known, each.person())))
            .distinct()
            .boxed()
            .toArray();
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, connection.createArrayOf("bigint", touched));
      statement.execute();
    }
    try (PreparedStatement statement = connection.prepareStatement(SEE)) {
      statement.setArray(1, bigints(connection, earlier, KnownPerson::userKey));
      statement.setArray(2, bigints(connection, earlier, KnownPerson::firstSeenMicros));
      statement.executeUpdate();
    }
  }

  private static Array bigints(
      Connection connection, Collection<KnownPerson> people, ToLongFunction<KnownPerson> of)
      throws SQLException {
    return connection.createArrayOf("bigint", people.stream().mapToLong(of).boxed().toArray());
  }

  private static long userKey(Map<Person, KnownPerson> known, Person person) {
    return Objects.requireNonNull(known.get(person)).userKey();
  }

  static void describe(
      Connection connection, List<PersonDescription> descriptions, Map<Person, KnownPerson> known)
      throws SQLException {
    ToLongFunction<PersonDescription> userKey = each -> userKey(known, each.person());
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
      Connection connection, List<SubscriptionState> states, Map<Person, KnownPerson> known)
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
        statement.setLong(2, userKey(known, state.person()));
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
