package io.tidemark.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The one-time links to sign in with. Thread-safe. Every method throws `DataAccessException` when
/// the database cannot answer.
///
/// A link is `{base}/sign-in#TOKEN`: what follows `#` is never sent by a browser, so the token
/// reaches neither logs nor proxies before the person confirms.
public final class SignInLinkStore {

  /// How long a link may be used.
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  /// Making one more forgets the oldest.
  static final int MOST_LINKS = 20;

  /// Whoever holds a link is the owner, until there is more than one person.
  private static final String OWNER = "owner";

  private static final String MAKE_ROOM =
      """
      DELETE /* access.forget_sign_in_links */ FROM sign_in_link
       WHERE expires_at <= :now
          OR token_hash IN (SELECT token_hash FROM sign_in_link ORDER BY expires_at DESC OFFSET :kept)
      """;

  private static final String INSERT =
      """
      INSERT /* access.create_sign_in_link */ INTO sign_in_link (token_hash, person, expires_at)
      VALUES (decode(:hash, 'hex'), :person, :expires_at)
      """;

  private static final String TAKE =
      """
      DELETE /* access.take_sign_in_link */ FROM sign_in_link
       WHERE token_hash = decode(:hash, 'hex')
      RETURNING person, expires_at
      """;

  private final JdbcClient database;
  private final InstantSource time;

  public SignInLinkStore(DataSource dataSource, InstantSource time) {
    this.database = JdbcClient.create(dataSource);
    this.time = time;
  }

  /// Makes a link that may be used once within {@link #LIFETIME}.
  ///
  /// @return its token in clear, for the only time
  public String create() {
    Instant now = time.instant();
    database
        .sql(MAKE_ROOM)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("kept", MOST_LINKS - 1)
        .update();
    String token = Secret.draw("");
    database
        .sql(INSERT)
        .param("hash", Secret.hash(token))
        .param("person", OWNER)
        .param("expires_at", now.plus(LIFETIME).atOffset(ZoneOffset.UTC))
        .update();
    return token;
  }

  /// Uses a link up. Of those who try at the same time one succeeds: the row can be deleted once.
  Optional<SignInLink> take(String token) {
    return database
        .sql(TAKE)
        .param("hash", Secret.hash(token))
        .query(SignInLinkStore::toLink)
        .optional()
        .filter(link -> link.expiresAt().isAfter(time.instant()));
  }

  private static SignInLink toLink(ResultSet row, int number) throws SQLException {
    return new SignInLink(
        row.getString("person"), row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  /// A link that was used.
  ///
  /// @param person whom it signs in
  record SignInLink(String person, Instant expiresAt) {}
}
