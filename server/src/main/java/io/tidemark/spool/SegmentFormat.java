package io.tidemark.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/// How a segment lies on disk: eight bytes that say what it is, then entries. An entry is the
/// length of its payload, the CRC-32C of the payload (both 32 bits, big-endian), the payload.
final class SegmentFormat {

  static final byte[] MAGIC = "TMSPOOL1".getBytes(StandardCharsets.US_ASCII);
  static final int ENTRY_HEADER_BYTES = 8;

  /// A record is at most 32 KB as it is sent and at most six times that with everything escaped.
  static final int LARGEST_PAYLOAD_BYTES = 1024 * 1024;

  private SegmentFormat() {}

  /// The entries of those payloads, one after another.
  ///
  /// @throws IllegalArgumentException if a payload is empty or too large
  static ByteBuffer entries(List<byte[]> payloads) {
    int bytes = 0;
    for (byte[] payload : payloads) {
      if (payload.length < 1 || payload.length > LARGEST_PAYLOAD_BYTES) {
        throw new IllegalArgumentException(
            "An entry of the spool has 1 to %d bytes: %d"
                .formatted(LARGEST_PAYLOAD_BYTES, payload.length));
      }
      bytes = Math.addExact(bytes, ENTRY_HEADER_BYTES + payload.length);
    }
    ByteBuffer entries = ByteBuffer.allocate(bytes);
    for (byte[] payload : payloads) {
      entries.putInt(payload.length).putInt(checksum(payload)).put(payload);
    }
    return entries.flip();
  }

  static int checksum(byte[] payload) {
    CRC32C checksum = new CRC32C();
    checksum.update(payload);
    return (int) checksum.getValue();
  }
}
