package io.tidemark.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class KeyStoreIT {

  private final SettableTime time = new SettableTime();
  private final MigratedDatabase database = MigratedDatabase.open();
  private final KeyStore keys = new KeyStore(database.dataSource(), time);

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void create_eachKind_isFoundByTheKey(KeyKind kind) {
    String key = create("shop", kind);

    assertThat(key).matches("tm_" + kind.word() + "_[A-Za-z0-9_-]{43}");
    assertThat(keys.find(key).orElseThrow())
        .extracting(AuthenticatedKey::name, AuthenticatedKey::kind)
        .containsExactly("shop", kind);
  }

  @Test
  void create_theKeyInClear_isNotInTheDatabase() {
    String key = create("shop", KeyKind.WRITE);

    String row =
        database
            .jdbc()
            .sql("SELECT api_key::text || encode(key_hash, 'escape') FROM api_key")
            .query(String.class)
            .single();

    assertThat(row).doesNotContain(key.substring(key.length() - 20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "ü", "a/b", "line\n"})
  void create_nameThatIsNotPlain_isRefused(String name) {
    assertThat(keys.create(name, KeyKind.READ)).isInstanceOf(CreateKeyOutcome.Refused.class);
  }

  @Test
  void create_nameOfAGoodKey_isRefusedAndTheKeyStaysGood() {
    String key = create("shop", KeyKind.WRITE);

    assertThat(keys.create("shop", KeyKind.READ)).isInstanceOf(CreateKeyOutcome.Refused.class);
    assertThat(keys.find(key)).isPresent();
    assertThat(keys.list()).hasSize(1);
  }

  @Test
  void create_nameOfARevokedKey_isANewKey() {
    String old = create("shop", KeyKind.WRITE);
    keys.revoke("shop");

    String key = create("shop", KeyKind.READ);

    assertThat(keys.find(old)).isEmpty();
    assertThat(keys.find(key).orElseThrow())
        .extracting(AuthenticatedKey::name, AuthenticatedKey::kind)
        .containsExactly("shop", KeyKind.READ);
    assertThat(keys.list()).extracting(ApiKey::isRevoked).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void revoke_nameThatIsNotThere_saysSo() {
    assertThat(keys.revoke("shop")).isFalse();
  }

  @Test
  void find_wrongKey_isAbsent() {
    create("shop", KeyKind.WRITE);

    assertThat(keys.find("tm_write_wrong")).isEmpty();
  }

  @Test
  void find_firstUseOfADay_isNoted() {
    String key = create("shop", KeyKind.WRITE);
    assertThat(keys.list().getFirst().lastUsedOn()).isNull();

    keys.find(key);
    time.pass(Duration.ofDays(1));
    keys.find(key);

    assertThat(keys.list().getFirst().lastUsedOn()).isEqualTo(LocalDate.parse("2026-11-23"));
  }

  @Test
  void knownKeys_revokedKey_isGoodForTenSecondsAtMost() {
    KnownKeys known = new KnownKeys(keys, time);
    String key = create("shop", KeyKind.WRITE);
    known.find(key);
    keys.revoke("shop");

    assertThat(known.find(key)).isPresent();
    time.pass(Duration.ofSeconds(10));
    assertThat(known.find(key)).isEmpty();
  }

  @Test
  void knownKeys_wrongKey_isRememberedAsWrong() {
    KnownKeys known = new KnownKeys(keys, time);
    known.find("tm_write_wrong");
    database.jdbc().sql("DROP TABLE api_key").update();

    assertThat(known.find("tm_write_wrong")).isEmpty();
  }

  @Test
  void knownKeys_databaseCannotAnswer_areGoodForADay() {
    KnownKeys known = new KnownKeys(keys, time);
    String key = create("shop", KeyKind.WRITE);
    known.find(key);
    database.jdbc().sql("DROP TABLE api_key").update();

    time.pass(Duration.ofHours(23));
    assertThat(known.find(key)).isPresent();
    time.pass(Duration.ofHours(1));
    assertThatThrownBy(() -> known.find(key)).isInstanceOf(DataAccessException.class);
  }

  @Test
  void knownKeys_databaseSilent_answersAllTheSame() throws Exception {
    KnownKeys known = new KnownKeys(keys, time);
    String key = create("shop", KeyKind.WRITE);
    known.find(key);
    time.pass(Duration.ofSeconds(10));

    try (Connection silent = database.dataSource().getConnection();
        Statement statement = silent.createStatement()) {
      silent.setAutoCommit(false);
      statement.execute("LOCK TABLE api_key IN ACCESS EXCLUSIVE MODE");

      assertThat(known.find(key)).isPresent();
      assertThatThrownBy(() -> known.find("tm_write_unknown"))
          .isInstanceOf(DataAccessException.class);
      silent.rollback();
    }
  }

  @Test
  void find_databaseReadOnly_knowsTheKey() {
    String key = create("shop", KeyKind.WRITE);
    database
        .jdbc()
        .sql("ALTER TABLE api_key ADD CHECK (last_used_on IS NULL)") // The use cannot be noted.
        .update();

    assertThat(keys.find(key)).isPresent();
  }

  @Test
  void knownKeys_whatIsNoKey_isNotAskedForAtAll() {
    KnownKeys known = new KnownKeys(keys, time);
    database.jdbc().sql("DROP TABLE api_key").update();

    assertThat(known.find("nonsense")).isEmpty();
    assertThat(known.find("tm_write_" + "x".repeat(100))).isEmpty();
  }

  private String create(String name, KeyKind kind) {
    return switch (keys.create(name, kind)) {
      case CreateKeyOutcome.Created(String key) -> key;
      case CreateKeyOutcome.Refused(String reason) -> throw new AssertionError(reason);
    };
  }
}
