package io.tidemark.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeepAliveConnectionTest {

  @Test
  void read_answersInARow_areToldApart() throws IOException {
    InputStream input =
        stream(
            """
            HTTP/1.1 200 \r
            Content-Type: application/json\r
            Content-Length: 16\r
            \r
            {"accepted": 12}HTTP/1.1 503 \r
            Retry-After: 1\r
            content-length: 0\r
            Connection: close\r
            \r
            """);

    HttpAnswer first = KeepAliveConnection.read(input);
    HttpAnswer second = KeepAliveConnection.read(input);

    assertThat(first.accepted()).isEqualTo(12);
    assertThat(first.closes()).isFalse();
    assertThat(first.isTryLater()).isFalse();
    assertThat(second).isEqualTo(new HttpAnswer(503, true, ""));
    assertThat(second.isTryLater()).isTrue();
  }

  @Test
  void read_chunks_areJoined() throws IOException {
    InputStream input =
        stream(
            "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\nc\r\n{\"accepted\":\r\n2;x=y\r\n7}\r\n0\r\n\r\n");

    assertThat(KeepAliveConnection.read(input).accepted()).isEqualTo(7);
    assertThat(input.read()).isEqualTo(-1);
  }

  @Test
  void read_endedConnection_isTold() {
    assertThatThrownBy(() -> KeepAliveConnection.read(stream(""))).isInstanceOf(EOFException.class);
    assertThatThrownBy(
            () -> KeepAliveConnection.read(stream("HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\n{")))
        .isInstanceOf(EOFException.class);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
