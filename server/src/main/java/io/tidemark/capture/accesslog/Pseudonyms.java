package io.tidemark.capture.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Names for people and lines that tell nothing about them: HMAC-SHA256 with the salt of this
/// installation, so that nobody without the salt can try all addresses. Not thread-safe.
final class Pseudonyms {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int PERSON_BYTES = 8;
  private static final int LINE_BYTES = 16;

  private final Mac mac;

  Pseudonyms(UUID salt) {
    byte[] key =
        ByteBuffer.allocate(16)
            .putLong(salt.getMostSignificantBits())
            .putLong(salt.getLeastSignificantBits())
            .array();
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /// The id of whoever asked from this address with this agent: `log-` and 16 hexadecimal digits.
  String person(String address, @Nullable String agent) {
    return "log-" + digest(address + "\n" + (agent == null ? "" : agent), PERSON_BYTES);
  }

  /// 32 hexadecimal digits. A line never equals the text that a person is made of, which holds a
  /// line end.
  String line(String line) {
    return digest(line, LINE_BYTES);
  }

  private String digest(String text, int bytes) {
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)), 0, bytes);
  }
}
