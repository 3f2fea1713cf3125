package io.tidemark.cli;

import io.tidemark.access.SignInLinkStore;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/// A server started by a command, and how people reach it.
final class RunningServer {

  private final ConfigurableApplicationContext context;
  private final CountDownLatch closed = new CountDownLatch(1);

  private RunningServer(ConfigurableApplicationContext context) {
    this.context = context;
    context.addApplicationListener(new CloseListener(closed));
  }

  /// Returns once it takes requests.
  static RunningServer start(ServerOptions server, ListenOptions listen) {
    return start(server, listen, Map.of());
  }

  /// The same on an embedded database of its own: sample data never mixes with real data.
  static RunningServer startDemo(ServerOptions server, ListenOptions listen) {
    return start(
        server,
        listen,
        Map.of(
            "tidemark.data-dir", server.demoDirectory().toString(), "tidemark.database.url", ""));
  }

  private static RunningServer start(
      ServerOptions server, ListenOptions listen, Map<String, Object> fixed) {
    Map<String, Object> settings = new HashMap<>(server.settings());
    settings.putAll(listen.settings());
    settings.putAll(fixed);
    return new RunningServer(Installation.builder(TidemarkApplication.class, settings).run());
  }

  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  /// Where this machine reaches it.
  URI localAddress() {
    return ServerAddress.local(
        context.getEnvironment(),
        context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
  }

  /// A link that signs its holder in once.
  String signInLink() {
    return SignInCommand.link(
        ServerAddress.forPeople(context.getEnvironment(), localAddress()),
        part(SignInLinkStore.class).create());
  }

  /// Returns when the server has been told to stop.
  void awaitClose() throws InterruptedException {
    closed.await();
  }

  /// A class, not a lambda: Spring reads from its type which events it is for.
  private record CloseListener(CountDownLatch closed)
      implements ApplicationListener<ContextClosedEvent> {

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
      closed.countDown();
    }
  }
}
