package io.tidemark.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyRowsTest {

  private static final int HEADER = 19;

  private final CopyRows rows = new CopyRows(0);

  @Test
  void finish_noRows_isHeaderAndEnd() {
    rows.finish();

    ByteBuffer written = written();
    byte[] signature = new byte[11];
    written.get(signature);
    assertThat(signature)
        .isEqualTo("PGCOPY\n\u00ff\r\n\0".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertThat(written.getInt()).isZero();
    assertThat(written.getInt()).isZero();
    assertThat(written.getShort()).isEqualTo((short) -1);
    assertThat(written.hasRemaining()).isFalse();
  }

  @Test
  void put_eachType_isItsLengthAndItsBytes() {
    rows.startRow(5);
    rows.putLong(-2);
    rows.putShort(599);
    rows.putDouble(1.5);
    rows.putInt(-70_000);
    rows.putText("é😀");

    ByteBuffer row = afterHeader();
    assertThat(row.getShort()).isEqualTo((short) 5);
    assertThat(row.getInt()).isEqualTo(8);
    assertThat(row.getLong()).isEqualTo(-2);
    assertThat(row.getInt()).isEqualTo(2);
    assertThat(row.getShort()).isEqualTo((short) 599);
    assertThat(row.getInt()).isEqualTo(8);
    assertThat(row.getDouble()).isEqualTo(1.5);
    assertThat(row.getInt()).isEqualTo(4);
    assertThat(row.getInt()).isEqualTo(-70_000);
    assertThat(row.getInt()).isEqualTo(6);
    assertThat(rest(row)).isEqualTo("é😀".getBytes(UTF_8));
    assertThat(rows.rows()).isEqualTo(1);
  }

  @Test
  void put_nothing_isNull() {
    rows.putKey(null);
    rows.putDouble(null);
    rows.putText(null);
    rows.putJson(null);

    assertThat(afterHeader().asIntBuffer())
        .isEqualTo(
            ByteBuffer.allocate(16)
                .putInt(-1)
                .putInt(-1)
                .putInt(-1)
                .putInt(-1)
                .flip()
                .asIntBuffer());
  }

  @Test
  void putJson_text_isTheVersionAndTheText() {
    rows.putJson("{\"a\":\"é\"}");

    ByteBuffer json = afterHeader();
    assertThat(json.getInt()).isEqualTo(11);
    assertThat(json.get()).isEqualTo((byte) 1);
    assertThat(rest(json)).isEqualTo("{\"a\":\"é\"}".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "2000-01-01T00:00:00Z, 0",
    "2000-01-01T00:00:00.000001Z, 1",
    "1999-12-31T23:59:59.999999Z, -1",
    "1970-01-01T00:00:00Z, -946684800000000",
    "2099-12-31T23:59:59.999999Z, 3155759999999999",
  })
  void putInstant_isMicrosecondsSince2000(Instant instant, long microseconds) {
    rows.putInstant(instant);

    ByteBuffer written = afterHeader();
    assertThat(written.getInt()).isEqualTo(8);
    assertThat(written.getLong()).isEqualTo(microseconds);
  }

  @Test
  void put_muchMoreThanExpected_growsAndKeepsWhatWasThere() {
    String large = "x".repeat(100_000);
    for (int row = 0; row < 50; row++) {
      rows.startRow(2);
      rows.putText(large);
      rows.putLong(row);
    }

    ByteBuffer written = afterHeader();
    for (int row = 0; row < 50; row++) {
      assertThat(written.getShort()).isEqualTo((short) 2);
      assertThat(written.getInt()).isEqualTo(100_000);
      written.position(written.position() + 100_000 + 4);
      assertThat(written.getLong()).isEqualTo(row);
    }
    assertThat(written.hasRemaining()).isFalse();
  }

  private ByteBuffer written() {
    return ByteBuffer.wrap(rows.bytes(), 0, rows.length());
  }

  private ByteBuffer afterHeader() {
    return written().position(HEADER);
  }

  private static byte[] rest(ByteBuffer buffer) {
    byte[] rest = new byte[buffer.remaining()];
    buffer.get(rest);
    return rest;
  }
}
