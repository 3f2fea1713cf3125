package io.tidemark.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.partition.Partitions;
import io.tidemark.platform.DatabaseProperties;
import io.tidemark.platform.DatabaseWatch;
import io.tidemark.platform.RecurringJob;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Wires group commit, and what is told of it.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestProperties.class)
@Import(IntakeController.class)
public class IngestConfiguration {

  @Bean
  GroupCommit groupCommit(
      @Qualifier("intake") DataSource intake,
      DatabaseWatch watch,
      Partitions partitions,
      IngestProperties properties,
      DatabaseProperties database,
      MeterRegistry metrics) {
    if (database.pool().intake() <= properties.writers()) {
      throw new IllegalArgumentException(
          "tidemark.database.pool.intake must be larger than tidemark.ingest.writers: keys are looked up with the others");
    }
    return new GroupCommit(intake, watch, partitions, properties, metrics);
  }

  @Bean(destroyMethod = "flush")
  RefusalLog refusalLog(
      @Qualifier("job") DataSource job, InstantSource clock, MeterRegistry metrics) {
    return new RefusalLog(job, clock, metrics);
  }

  @Bean
  IntakeState intakeState(DatabaseWatch watch, RecordKeeper keeper, InstantSource clock) {
    return new IntakeState(watch, keeper, clock);
  }

  @Bean
  IntakeHealth intakeHealthIndicator(IntakeState intake) {
    return new IntakeHealth(intake);
  }

  @Bean
  RefusalFlush refusalFlush(RefusalLog refusals) {
    return new RefusalFlush(refusals);
  }

  @Bean
  RecurringJob forgetIdentities(@Qualifier("job") DataSource job) {
    return RecurringJob.every("ingest.forget", Duration.ofHours(1), () -> Ledger.forgetOld(job));
  }

  @Bean
  RecurringJob packIdentities(
      @Qualifier("job") DataSource job,
      Partitions partitions,
      InstantSource clock,
      MeterRegistry metrics) {
    IdentityPacking packing = new IdentityPacking(job, partitions, clock, metrics);
    return RecurringJob.every("identity.pack", Duration.ofHours(1), packing::pack);
  }
}
