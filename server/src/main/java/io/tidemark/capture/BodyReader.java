package io.tidemark.capture;

import io.tidemark.platform.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.springframework.http.HttpStatus;

/// Reads a request's body whole, within bounds, and inflates it when it is gzip.
final class BodyReader {

  static final int LARGEST_BYTES = 4 * 1024 * 1024;
  static final int LARGEST_INFLATED_BYTES = 32 * 1024 * 1024;

  private BodyReader() {}

  /// @param declaredLength from the header; negative when not said
  /// @throws ProblemException 413 if it is too large, 400 if it is broken gzip
  /// @throws IOException if the client went away
  static byte[] read(InputStream input, long declaredLength) throws IOException {
    if (declaredLength > LARGEST_BYTES) {
      throw tooLarge();
    }
    byte[] body = input.readNBytes(LARGEST_BYTES + 1);
    if (body.length > LARGEST_BYTES) {
      throw tooLarge();
    }
    return isGzip(body) ? inflate(body) : body;
  }

  /// By its first bytes: not every client says so in a header.
  private static boolean isGzip(byte[] body) {
    return body.length > 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
  }

  private static byte[] inflate(byte[] body) throws IOException {
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body), 64 * 1024)) {
      byte[] inflated = gzip.readNBytes(LARGEST_INFLATED_BYTES + 1);
      if (inflated.length > LARGEST_INFLATED_BYTES) {
        throw ProblemException.of(
            HttpStatus.CONTENT_TOO_LARGE,
            "body_too_large",
            "The body is larger than 32 MB inflated; send fewer records at once");
      }
      return inflated;
    } catch (ZipException | EOFException e) {
      throw ProblemException.of(
          HttpStatus.BAD_REQUEST, "malformed_gzip", "The body begins as gzip but is not");
    }
  }

  private static ProblemException tooLarge() {
    return ProblemException.of(
        HttpStatus.CONTENT_TOO_LARGE,
        "body_too_large",
        "The body is larger than 4 MB; send fewer records at once, or gzip");
  }
}
