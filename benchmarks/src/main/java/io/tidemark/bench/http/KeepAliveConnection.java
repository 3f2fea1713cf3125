package io.tidemark.bench.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One HTTP/1.1 connection that is kept open, with one request at a time. The least that speaks the
/// protocol, so that the load costs the machine little. Not thread-safe.
public final class KeepAliveConnection implements AutoCloseable {

  private static final int CONNECT_MILLIS = 10_000;
  private static final int ANSWER_MILLIS = 90_000;
  private static final int BUFFER_BYTES = 4_096;

  private final Socket socket = new Socket();
  private final InputStream input;
  private final OutputStream output;

  public KeepAliveConnection(URI address) throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
    socket.setSoTimeout(ANSWER_MILLIS);
    input = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    output = socket.getOutputStream();
  }

  /// Sends a whole request and waits for its answer.
  public HttpAnswer exchange(byte[] request) throws IOException {
    output.write(request);
    return read(input);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /// Reads one answer (RFC 9112), with a length or in chunks.
  static HttpAnswer read(InputStream input) throws IOException {
    String statusLine = readLine(input);
    if (!statusLine.startsWith("HTTP/1.1 ") || statusLine.length() < 12) {
      throw new IOException("Not an answer of HTTP/1.1: " + statusLine);
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    boolean closes = false;
    boolean inChunks = false;
    int length = 0;
    for (String line = readLine(input); !line.isEmpty(); line = readLine(input)) {
      // Only these three headers matter; the others are not looked at.
      if (line.charAt(0) == 'C' || line.charAt(0) == 'c' || line.charAt(0) == 'T') {
        String header = line.toLowerCase(Locale.ROOT);
        if (header.startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(15).strip());
        }
        closes |= header.startsWith("connection:") && header.contains("close");
        inChunks |= header.startsWith("transfer-encoding:") && header.contains("chunked");
      }
    }
    byte[] body = inChunks ? readChunks(input) : readFully(input, length);
    return new HttpAnswer(status, closes, new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] readChunks(InputStream input) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(readLine(input).split(";", 2)[0].strip(), 16);
      body.write(readFully(input, size));
      readLine(input);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static byte[] readFully(InputStream input, int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The connection ended within an answer");
    }
    return bytes;
  }

  private static String readLine(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new EOFException("The connection ended");
      }
      line.append((char) next);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }
}
