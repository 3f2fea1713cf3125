package io.tidemark.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Secrets that are given away in clear once and kept as a hash: 256 random bits, so that nobody
/// guesses one, at any speed. Thread-safe.
public final class Secret {

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secret() {}

  /// A new secret after a prefix, fit for a URL: 43 characters of letters, digits, `-` and `_`.
  public static String draw(String prefix) {
    byte[] bits = new byte[BYTES];
    RANDOM.nextBytes(bits);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /// SHA-256 in hexadecimal. Secrets are compared by looking their hash up, which tells nothing by
  /// how long it takes.
  public static String hash(String secret) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
