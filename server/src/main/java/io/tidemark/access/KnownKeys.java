package io.tidemark.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;

/// The keys that were presented lately, good and wrong ones, so that a request costs one look into
/// memory. Remembers hashes, never keys. Thread-safe; of requests that bring a forgotten key at
/// once, one asks the database and the others wait for it.
///
/// While the database cannot answer, a key that was good the last time it could is good: programs
/// are not told that their key is wrong, nor kept waiting, because the database is away.
final class KnownKeys {

  /// The longest that a revoked key still opens something, and that a new key which was tried
  /// before it was made does not, while the database answers.
  static final Duration REMEMBERED = Duration.ofSeconds(10);

  /// The longest that a key is taken for good while the database does not answer.
  static final Duration TRUSTED = Duration.ofHours(24);

  private static final long PATIENCE_MILLIS = 500;
  private static final int MOST_KEYS = 10_000;
  private static final int LONGEST_KEY = 64;

  private final KeyStore store;

  /// One at a time: made-up keys must not take the connections that records are written with.
  private final Semaphore asking = new Semaphore(1);

  private final Cache<String, Optional<AuthenticatedKey>> remembered;
  private final Cache<String, AuthenticatedKey> trusted;
  private final Map<String, CompletableFuture<Optional<AuthenticatedKey>>> lookedUp =
      new ConcurrentHashMap<>();

  KnownKeys(KeyStore store, Ticker ticker) {
    this.store = store;
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterWrite(REMEMBERED)
            .ticker(ticker)
            .build();
    this.trusted =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterWrite(TRUSTED)
            .ticker(ticker)
            .build();
  }

  /// The good key that was presented. What does not look like a key costs nothing.
  ///
  /// @throws DataAccessException if the key is not known and the database cannot answer, or not
  ///   within half a second
  Optional<AuthenticatedKey> find(String presented) {
    if (presented.length() > LONGEST_KEY || !presented.startsWith(KeyStore.PREFIX)) {
      return Optional.empty();
    }
    String hash = Secret.hash(presented);
    Optional<AuthenticatedKey> known = remembered.getIfPresent(hash);
    return known == null ? ask(hash) : known;
  }

  private Optional<AuthenticatedKey> ask(String hash) {
    CompletableFuture<Optional<AuthenticatedKey>> answer =
        lookedUp.computeIfAbsent(
            hash,
            asked ->
                CompletableFuture.supplyAsync(() -> lookUp(asked), Thread::startVirtualThread));
    try {
      return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return findTrusted(hash, databaseFault(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return findTrusted(hash, databaseFault(e));
    }
  }

  private Optional<AuthenticatedKey> lookUp(String hash) {
    boolean mayAsk = false;
    try {
      mayAsk = asking.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (!mayAsk) {
        throw new TransientDataAccessResourceException("Too many keys are being looked up");
      }
      Optional<AuthenticatedKey> found = store.findByHash(hash);
      found.ifPresentOrElse(key -> trusted.put(hash, key), () -> trusted.invalidate(hash));
      remembered.put(hash, found);
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientDataAccessResourceException("The key could not be looked up", e);
    } finally {
      if (mayAsk) {
        asking.release();
      }
      lookedUp.remove(hash);
    }
  }

  private Optional<AuthenticatedKey> findTrusted(String hash, DataAccessException fault) {
    AuthenticatedKey key = trusted.getIfPresent(hash);
    if (key == null) {
      throw fault;
    }
    return Optional.of(key);
  }

  private static DataAccessException databaseFault(Exception e) {
    return e.getCause() instanceof DataAccessException fault
        ? fault
        : new TransientDataAccessResourceException("The key could not be looked up", e);
  }
}
