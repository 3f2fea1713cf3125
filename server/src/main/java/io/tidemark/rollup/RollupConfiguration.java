package io.tidemark.rollup;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.RecurringJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Wires the rollups.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RollupProperties.class)
public class RollupConfiguration {

  @Bean
  Rollups rollups(
      @Qualifier("job") DataSource job,
      Partitions partitions,
      RollupRebuild rebuild,
      RollupProperties properties,
      MeterRegistry metrics) {
    return new Rollups(job, partitions, rebuild, properties, metrics);
  }

  @Bean
  RollupRebuild rollupRebuild(
      @Qualifier("job") DataSource job, Partitions partitions, InstantSource clock) {
    return new RollupRebuild(job, partitions, clock);
  }

  @Bean
  RollupVerification rollupVerification(
      @Qualifier("job") DataSource job, Partitions partitions, InstantSource clock) {
    return new RollupVerification(job, partitions, clock, new SplittableRandom());
  }

  @Bean
  RollupSample rollupSample(RollupVerification verification, MeterRegistry metrics) {
    return new RollupSample(verification, metrics);
  }

  @Bean
  RecurringJob refreshRollups(Rollups rollups, RollupProperties properties) {
    return RecurringJob.every("rollup.refresh", properties.refreshInterval(), rollups::catchUp);
  }

  @Bean
  RecurringJob verifySample(RollupSample sample, RollupProperties properties) {
    return RecurringJob.every("rollup.verify", properties.verifyInterval(), sample::verify);
  }

  @Bean
  RecurringJob packRollups(@Qualifier("job") DataSource job, InstantSource clock) {
    return RecurringJob.every(
        "rollup.pack", Duration.ofHours(1), new RollupPacking(job, clock)::pack);
  }

  @Bean
  RecurringJob forgetMinutes(Rollups rollups) {
    return RecurringJob.every("rollup.forget", Duration.ofHours(1), rollups::forgetMinutes);
  }
}
