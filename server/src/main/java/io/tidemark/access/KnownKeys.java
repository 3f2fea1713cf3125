package io.tidemark.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/// The keys that were presented lately, good and wrong ones, so that a request costs one look into
/// memory. Remembers hashes, never keys. Thread-safe; of requests that bring a forgotten key at
/// once, one asks the database and the others wait for it.
final class KnownKeys {

  /// The longest that a revoked key still opens something, and that a new key which was tried
  /// before it was made does not.
  static final Duration REMEMBERED = Duration.ofSeconds(10);

  private static final int MOST_KEYS = 10_000;
  private static final int LONGEST_KEY = 64;

  private final KeyStore store;
  private final Cache<String, Optional<AuthenticatedKey>> remembered;

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
  /// @throws org.springframework.dao.DataAccessException if the key is not remembered and the
  ///   database cannot answer
  Optional<AuthenticatedKey> find(String presented) {
    if (presented.length() > LONGEST_KEY || !presented.startsWith(KeyStore.PREFIX)) {
      return Optional.empty();
    }
    return remembered.get(Secret.hash(presented), store::findByHash);
  }
}
