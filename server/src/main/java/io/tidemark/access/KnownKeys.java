package io.tidemark.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/// The keys that were presented lately, good and wrong ones, so that a request costs one look into
/// memory. A key that was good when the database was last asked stays good while it cannot be
/// asked: records can be taken without it. Remembers hashes, never keys. Thread-safe; of requests
/// that bring a forgotten key at once, one asks the database and the others wait for it.
final class KnownKeys {

  /// The longest that a revoked key still opens something, and that a new key which was tried
  /// before it was made does not.
  static final Duration REMEMBERED = Duration.ofSeconds(10);

  private static final int MOST_KEYS = 10_000;
  private static final int LONGEST_KEY = 64;

  private final KeyStore store;
  private final Cache<String, Optional<AuthenticatedKey>> remembered;
  private final Cache<String, AuthenticatedKey> lastGood =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).build();

  KnownKeys(KeyStore store, Ticker ticker) {
    this.store = store;
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterWrite(REMEMBERED)
            .ticker(ticker)
            .build();
  }

  /// The good key that was presented. What does not look like a key costs nothing.
  ///
  /// @throws DataAccessException if the key has never been good here and the database cannot answer
  Optional<AuthenticatedKey> find(String presented) {
    if (presented.length() > LONGEST_KEY || !presented.startsWith(KeyStore.PREFIX)) {
      return Optional.empty();
    }
    return remembered.get(Secret.hash(presented), this::ask);
  }

  private Optional<AuthenticatedKey> ask(String hash) {
    try {
      Optional<AuthenticatedKey> found = store.findByHash(hash);
      found.ifPresentOrElse(key -> lastGood.put(hash, key), () -> lastGood.invalidate(hash));
      return found;
    } catch (DataAccessException e) {
      AuthenticatedKey known = lastGood.getIfPresent(hash);
      if (known == null) {
        throw e;
      }
      return Optional.of(known);
    }
  }
}
