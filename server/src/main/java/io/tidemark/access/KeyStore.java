package io.tidemark.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The keys of programs. Thread-safe. Every method throws `DataAccessException` when the database
/// cannot answer.
public final class KeyStore {

  private static final Logger LOG = LoggerFactory.getLogger(KeyStore.class);

  /// What every key begins with; its kind follows.
  static final String PREFIX = "tm_";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final String INSERT =
      """
      INSERT /* access.create_key */ INTO api_key (name, kind, key_hash, created_at)
      VALUES (:name, :kind, decode(:hash, 'hex'), :now)
      ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING
      """;

  private static final String FIND =
      """
      SELECT /* access.find_key */ name, kind, substr(encode(key_hash, 'hex'), 1, 32) AS id, last_used_on
        FROM api_key
       WHERE key_hash = decode(:hash, 'hex') AND revoked_at IS NULL
      """;

  private static final String NOTE_USE =
      """
      UPDATE /* access.note_key_use */ api_key
         SET last_used_on = :today
       WHERE key_hash = decode(:hash, 'hex') AND last_used_on IS DISTINCT FROM :today
      """;

  private static final String LIST =
      """
      SELECT /* access.list_keys */ name, kind, created_at, revoked_at, last_used_on
        FROM api_key
       ORDER BY name, created_at
      """;

  private static final String REVOKE =
      """
      UPDATE /* access.revoke_key */ api_key
         SET revoked_at = :now
       WHERE name = :name AND revoked_at IS NULL
      """;

  private final JdbcClient database;
  private final InstantSource time;

  public KeyStore(DataSource dataSource, InstantSource time) {
    this.database = JdbcClient.create(dataSource);
    this.time = time;
  }

  /// Makes a key: `tm_`, its kind, 256 random bits.
  ///
  /// @param name 1 to 64 letters, digits, dots, dashes and underscores; no other good key may have
  ///   it
  public CreateKeyOutcome create(String name, KeyKind kind) {
    if (!NAME.matcher(name).matches()) {
      return new CreateKeyOutcome.Refused(
          "A key's name is 1 to 64 letters, digits, dots, dashes and underscores");
    }
    String key = Secret.draw(PREFIX + kind.word() + "_");
    int inserted =
        database
            .sql(INSERT)
            .param("name", name)
            .param("kind", kind.word())
            .param("hash", Secret.hash(key))
            .param("now", now())
            .update();
    if (inserted == 0) {
      return new CreateKeyOutcome.Refused(
          "There is a key named %s already; revoke it or take another name".formatted(name));
    }
    return new CreateKeyOutcome.Created(key);
  }

  /// The good key that was presented; the day of its use is noted, with one write a day.
  public Optional<AuthenticatedKey> find(String presented) {
    return findByHash(Secret.hash(presented));
  }

  /// Every key, revoked ones too, by name.
  public List<ApiKey> list() {
    return database.sql(LIST).query(KeyStore::toKey).list();
  }

  /// Servers that run feel it within {@link KnownKeys#REMEMBERED}.
  ///
  /// @return whether there was a good key of that name
  public boolean revoke(String name) {
    return database.sql(REVOKE).param("name", name).param("now", now()).update() > 0;
  }

  Optional<AuthenticatedKey> findByHash(String hash) {
    Optional<FoundKey> found =
        database.sql(FIND).param("hash", hash).query(FoundKey::of).optional();
    LocalDate today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
    if (found.isPresent() && !today.equals(found.get().lastUsedOn())) {
      noteUse(hash, today);
    }
    return found.map(FoundKey::key);
  }

  /// A database that takes no writes still knows which keys are good.
  private void noteUse(String hash, LocalDate today) {
    try {
      database.sql(NOTE_USE).param("hash", hash).param("today", today).update();
    } catch (DataAccessException e) {
      LOG.debug("The use of a key could not be noted; the next one will be", e);
    }
  }

  private OffsetDateTime now() {
    return time.instant().atOffset(ZoneOffset.UTC);
  }

  private static ApiKey toKey(ResultSet row, int number) throws SQLException {
    OffsetDateTime revokedAt = row.getObject("revoked_at", OffsetDateTime.class);
    return new ApiKey(
        row.getString("name"),
        KeyKind.ofWord(row.getString("kind")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        toInstant(revokedAt),
        row.getObject("last_used_on", LocalDate.class));
  }

  private static @Nullable Instant toInstant(@Nullable OffsetDateTime moment) {
    return moment == null ? null : moment.toInstant();
  }

  private record FoundKey(AuthenticatedKey key, @Nullable LocalDate lastUsedOn) {

    static FoundKey of(ResultSet row, int number) throws SQLException {
      return new FoundKey(
          new AuthenticatedKey(
              row.getString("name"), KeyKind.ofWord(row.getString("kind")), row.getString("id")),
          row.getObject("last_used_on", LocalDate.class));
    }
  }
}
