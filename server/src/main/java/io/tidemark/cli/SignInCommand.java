package io.tidemark.cli;

import io.tidemark.access.SignInLinkStore;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertyResolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Makes a one-time link to sign in with.
@Command(
    name = "sign-in",
    description = "Print a link that signs in whoever opens it, once, within 15 minutes.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields set by picocli
final class SignInCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;
  @Mixin private ListenOptions listen;

  @Override
  public Integer call() {
    try (ConfigurableApplicationContext installation = Installation.open(server)) {
      PropertyResolver settings = installation.getEnvironment();
      Object port =
          listen
              .settings()
              .getOrDefault(
                  "tidemark.server.port", settings.getRequiredProperty("tidemark.server.port"));
      URI address =
          URI.create(
              "%s://%s:%s"
                  .formatted(
                      scheme(settings),
                      settings.getRequiredProperty("tidemark.server.address"),
                      port));
      String token =
          new SignInLinkStore(installation.getBean("question", DataSource.class), Clock.systemUTC())
              .create();
      spec.commandLine().getOut().println(link(publicAddress(settings, address), token));
      return 0;
    }
  }

  /// `https` when a certificate is configured.
  static String scheme(PropertyResolver settings) {
    boolean isSecure =
        Stream.of("server.ssl.bundle", "server.ssl.certificate", "server.ssl.key-store")
            .anyMatch(settings::containsProperty);
    return isSecure ? "https" : "http";
  }

  /// The address that people reach the server at.
  static URI publicAddress(PropertyResolver settings, URI localAddress) {
    String configured = settings.getProperty("tidemark.server.public-url", "");
    return configured.isEmpty() ? localAddress : URI.create(configured.replaceAll("/+$", ""));
  }

  static String link(URI address, String token) {
    return address + "/sign-in#" + token;
  }
}
