package io.tidemark.spool;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.ingest.GroupCommit;
import io.tidemark.ingest.RefusalLog;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// Wires the spool where it is turned on; otherwise records go to group commit as ever.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SpoolProperties.class)
public class SpoolConfiguration {

  @Bean
  @Primary
  @Conditional(SpoolSwitch.class)
  SpoolingKeeper spoolingKeeper(
      GroupCommit commit,
      RefusalLog refusals,
      SpoolProperties properties,
      @Value("${tidemark.data-dir}") Path dataDirectory,
      InstantSource clock,
      MeterRegistry metrics) {
    SpoolDirectory directory = SpoolDirectory.open(dataDirectory.resolve("spool"));
    return new SpoolingKeeper(
        commit,
        new Spool(directory, properties.spoolLimit().toBytes()),
        new RefusedRecords(directory, refusals),
        clock,
        metrics);
  }
}
