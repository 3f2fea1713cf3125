package io.tidemark.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The TCP connections of this machine, from `/proc/net/tcp` and `/proc/net/tcp6`.
public final class TcpTable {

  private static final String ESTABLISHED = "01";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;

  private TcpTable() {}

  /// Connections that clients keep to a port of this machine.
  public static int countEstablished(int localPort) {
    return countEstablished(read("/proc/net/tcp"), localPort)
        + countEstablished(read("/proc/net/tcp6"), localPort);
  }

  static int countEstablished(String table, int localPort) {
    String port = String.format(Locale.ROOT, ":%04X", localPort);
    return (int)
        table
            .lines()
            .map(line -> line.strip().split("\\s+"))
            .filter(fields ->
                fields.length > STATE
                    && fields[LOCAL_ADDRESS].endsWith(port)
                    && fields[STATE].equals(ESTABLISHED))
            .count();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
