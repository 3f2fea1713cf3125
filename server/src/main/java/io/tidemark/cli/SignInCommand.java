package io.tidemark.cli;

import io.tidemark.access.SignInLinkStore;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.Callable;
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
      int port =
          listen
              .port()
              .orElseGet(() -> settings.getRequiredProperty("tidemark.server.port", Integer.class));
      URI address = ServerAddress.forPeople(settings, ServerAddress.local(settings, port));
      String token =
          new SignInLinkStore(installation.getBean("question", DataSource.class), Clock.systemUTC())
              .create();
      spec.commandLine().getOut().println(link(address, token));
      return 0;
    }
  }

  static String link(URI address, String token) {
    return address + "/sign-in#" + token;
  }
}
