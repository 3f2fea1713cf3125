package io.tidemark.insight.question;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What people are called for those who may not see who they are: the same in every answer to one
/// audience, another to every other, and nothing that leads back to the person without the salt.
/// Thread-safe.
public final class Pseudonyms {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "person-";

  /// 64 bits: of a hundred million people two share a pseudonym with a chance of 1 in 4,000.
  private static final int BYTES = 8;

  private final SecretKeySpec salt;

  /// @param salt of the installation; never leaves its database
  public Pseudonyms(UUID salt) {
    this.salt = new SecretKeySpec(salt.toString().getBytes(UTF_8), ALGORITHM);
  }

  /// @param userKey of the person: two who are called the same have two
  public String of(Audience audience, long userKey) {
    byte[] person = "%s\n%d".formatted(audience.name(), userKey).getBytes(UTF_8);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(salt);
      return PREFIX + HexFormat.of().formatHex(mac.doFinal(person), 0, BYTES);
    } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaCan) {
      throw new IllegalStateException(everyJavaCan);
    }
  }
}
