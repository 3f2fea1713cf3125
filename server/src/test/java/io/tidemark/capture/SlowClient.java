package io.tidemark.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;

/// A bare connection to the server, for what a well-behaved client cannot do. Gives up when the
/// server takes longer than a minute.
final class SlowClient implements AutoCloseable {

  private static final int PAUSE_MILLIS = 100;
  private static final int LONGEST_MILLIS = 60_000;

  private final Socket socket;

  SlowClient(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /// Sends the text again and again, with a pause, until the server has closed the connection.
  ///
  /// @return all that it answered
  String trickleUntilClosed(String text) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    socket.setSoTimeout(PAUSE_MILLIS);
    for (int pauses = 0; pauses < LONGEST_MILLIS / PAUSE_MILLIS; pauses++) {
      try {
        send(text);
        int read = socket.getInputStream().read();
        while (read >= 0) {
          answer.write(read);
          read = socket.getInputStream().read();
        }
        return answer.toString(ISO_8859_1);
      } catch (SocketTimeoutException pause) {
        // The server waits for more.
      } catch (IOException reset) {
        return answer.toString(ISO_8859_1);
      }
    }
    throw new IOException("The server let the body trickle for a minute");
  }

  /// @return all that the server answers until it closes the connection
  String readUntilClosed() throws IOException {
    socket.setSoTimeout(LONGEST_MILLIS);
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
