package io.tidemark.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/// A port that leads to the database for as long as the cable is in. Pulled out, bytes vanish and
/// connections stay; plugged in again, those that were open remain dead, without a word.
final class NetworkCable implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final String host;
  private final int port;
  private final ServerSocket entrance;
  private final AtomicInteger pulls = new AtomicInteger();
  private volatile boolean isIn = true;

  /// @param jdbcUrl of the database
  NetworkCable(String jdbcUrl) throws IOException {
    URI database = URI.create(jdbcUrl.substring("jdbc:".length()));
    this.host = database.getHost();
    this.port = database.getPort();
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /// The same database through the cable.
  String lead(String jdbcUrl) {
    return jdbcUrl.replace(host + ":" + port, "127.0.0.1:" + entrance.getLocalPort());
  }

  void pull() {
    isIn = false;
    pulls.incrementAndGet();
  }

  void plug() {
    isIn = true;
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket inside = entrance.accept();
        int since = pulls.get();
        Socket outside = new Socket(host, port);
        Thread.startVirtualThread(() -> carry(inside, outside, since));
        Thread.startVirtualThread(() -> carry(outside, inside, since));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void carry(Socket from, Socket to, int since) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (isIn && pulls.get() == since) {
          out.write(buffer, 0, read);
        }
      }
      if (isIn && pulls.get() == since) {
        to.close();
      }
    } catch (IOException cut) {
      // One of the two is gone.
    }
  }
}
