package io.tidemark.cli;

import java.net.URI;
import java.util.stream.Stream;
import org.springframework.core.env.PropertyResolver;

/// Where a server is reached, as its settings say.
final class ServerAddress {

  private ServerAddress() {}

  /// From this machine.
  static URI local(PropertyResolver settings, int port) {
    String address = settings.getRequiredProperty("tidemark.server.address");
    boolean isAny = address.equals("0.0.0.0") || address.equals("::");
    String host = isAny ? "127.0.0.1" : address.contains(":") ? "[" + address + "]" : address;
    return URI.create("%s://%s:%d".formatted(isSecure(settings) ? "https" : "http", host, port));
  }

  /// By people: the address configured for them, else the local one.
  static URI forPeople(PropertyResolver settings, URI local) {
    String configured = settings.getProperty("tidemark.server.public-url", "");
    return configured.isEmpty() ? local : URI.create(configured.replaceAll("/+$", ""));
  }

  private static boolean isSecure(PropertyResolver settings) {
    return settings.getProperty("server.ssl.enabled", Boolean.class, true)
        && Stream.of("server.ssl.bundle", "server.ssl.certificate", "server.ssl.key-store")
            .anyMatch(settings::containsProperty);
  }
}
