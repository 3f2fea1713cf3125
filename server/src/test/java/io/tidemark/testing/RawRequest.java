package io.tidemark.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A request byte for byte, for what no HTTP client sends; one connection each. Gives up when the
/// server takes longer than a minute.
public final class RawRequest {

  private static final int LONGEST_MILLIS = 60_000;

  private RawRequest() {}

  /// What was answered.
  ///
  /// @param head status line and headers; empty when the server answered nothing
  public record Answer(String head, String body) {

    public int status() {
      return Integer.parseInt(head.split(" ", 3)[1]);
    }

    public String contentType() {
      for (String line : head.split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-type: ")) {
          return line.substring("content-type: ".length());
        }
      }
      return "";
    }

    /// Whether there are bytes before the JSON, as the sizes of chunks are, does not matter.
    public JsonNode json() {
      return JsonMapper.shared()
          .readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }
  }

  /// @param text each character is a byte
  public static Answer send(URI server, String text) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(LONGEST_MILLIS);
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      int end = answer.indexOf("\r\n\r\n");
      return end < 0
          ? new Answer("", answer)
          : new Answer(answer.substring(0, end), answer.substring(end + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The start of a request that is the only one of its connection.
  ///
  /// @param key null for none
  public static String head(String line, @Nullable String key) {
    return "%s HTTP/1.1\r\nHost: tidemark\r\nConnection: close\r\n%s"
        .formatted(line, key == null ? "" : "Authorization: Bearer " + key + "\r\n");
  }
}
