package io.tidemark.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.IngestConfiguration;
import io.tidemark.partition.PartitionConfiguration;
import io.tidemark.platform.DatabaseConfiguration;
import io.tidemark.platform.KnownSettings;
import io.tidemark.rollup.RollupConfiguration;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/// Opens what a command needs of an installation, beside a running server or without one: no web
/// server, no jobs.
final class Installation {

  private Installation() {}

  /// Database and keys.
  static ConfigurableApplicationContext open(ServerOptions options) {
    return open(DatabaseOnly.class, options);
  }

  /// Settings alone, for commands that talk to a running server.
  static ConfigurableApplicationContext openSettings(ServerOptions options) {
    return open(SettingsOnly.class, options);
  }

  /// What stores records, as well.
  static ConfigurableApplicationContext openForWriting(ServerOptions options) {
    return open(Writing.class, options);
  }

  private static ConfigurableApplicationContext open(Class<?> parts, ServerOptions options) {
    return builder(parts, options.settings())
        .web(WebApplicationType.NONE)
        .registerShutdownHook(false)
        .run();
  }

  /// An application whose settings come from options, environment, file and defaults, in this
  /// order.
  static SpringApplicationBuilder builder(Class<?> parts, Map<String, Object> settings) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("command line", settings));
    return new SpringApplicationBuilder(parts)
        .environment(environment)
        .initializers(new KnownSettings())
        .logStartupInfo(false);
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  static class SettingsOnly {}

  @SpringBootConfiguration(proxyBeanMethods = false)
  @Import(DatabaseConfiguration.class)
  static class DatabaseOnly {}

  @SpringBootConfiguration(proxyBeanMethods = false)
  @Import({
    DatabaseConfiguration.class,
    PartitionConfiguration.class,
    IngestConfiguration.class,
    RollupConfiguration.class
  })
  static class Writing {

    @Bean
    MeterRegistry meterRegistry() {
      return new SimpleMeterRegistry();
    }
  }
}
