package io.tidemark.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What bounds the connections that one process of this machine can open to one server.
///
/// @param openFiles most files and connections of a process, after raising the soft limit
/// @param localPorts local ports that the kernel gives out, for each client address
public record ClientLimits(long openFiles, int localPorts) {

  /// Files and connections that are not the users' own.
  private static final int OTHER_FILES = 500;

  private static final int OTHER_PORTS = 500;
  private static final Pattern OPEN_FILES =
      Pattern.compile("(?m)^Max open files\\s+\\S+\\s+(\\d+|unlimited)\\s");
  private static final Pattern PORTS = Pattern.compile("\\s*(\\d+)\\s+(\\d+)\\s*");

  public static ClientLimits read() {
    return of(file("/proc/self/limits"), file("/proc/sys/net/ipv4/ip_local_port_range"));
  }

  static ClientLimits of(String limits, String portRange) {
    Matcher files = OPEN_FILES.matcher(limits);
    Matcher ports = PORTS.matcher(portRange);
    boolean isBounded = files.find() && !files.group(1).equals("unlimited");
    return new ClientLimits(
        isBounded ? Long.parseLong(files.group(1)) : Long.MAX_VALUE,
        ports.matches()
            ? Integer.parseInt(ports.group(2)) - Integer.parseInt(ports.group(1)) + 1
            : 28_232);
  }

  /// What is in the way of so many connections, and how to raise it; empty when nothing is.
  public List<String> obstacles(int connections) {
    List<String> obstacles = new ArrayList<>();
    if (openFiles < connections + OTHER_FILES) {
      obstacles.add(
          "%,d connections need a limit of %,d open files for the generator and for the server; it is %,d here. Raise it with `ulimit -n %d` (as root, or in /etc/security/limits.conf), or ask for fewer --users."
              .formatted(
                  connections, connections + OTHER_FILES, openFiles, connections + OTHER_FILES));
    }
    if (localPorts < connections + OTHER_PORTS) {
      obstacles.add(
          "%,d connections from one address need as many local ports; the kernel gives out %,d. Raise it with `sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\"`, or ask for fewer --users."
              .formatted(connections, localPorts));
    }
    return obstacles;
  }

  private static String file(String path) {
    try {
      return Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
