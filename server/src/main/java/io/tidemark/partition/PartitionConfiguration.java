package io.tidemark.partition;

import io.tidemark.platform.RecurringJob;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Wires partitions and retention.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
public class PartitionConfiguration {

  @Bean
  RetentionPolicy retentionPolicy(RetentionProperties properties) {
    return new RetentionPolicy(properties);
  }

  @Bean
  Partitions partitions(
      @Qualifier("job") DataSource job,
      @Value("${tidemark.partition.months-ahead}") int monthsAhead,
      InstantSource clock)
      throws SQLException {
    Partitions partitions = new Partitions(job, monthsAhead, clock);
    partitions.makeAhead();
    return partitions;
  }

  @Bean
  RecurringJob makePartitions(Partitions partitions) {
    return RecurringJob.every("partition.make", Duration.ofHours(1), partitions::makeAhead);
  }
}
