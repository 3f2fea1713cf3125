package io.tidemark.insight.retention;

import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.question.Answerer;
import io.tidemark.rollup.RollupProperties;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires retention.
@Configuration(proxyBeanMethods = false)
public class RetentionConfiguration {

  @Bean
  Answerer<?, ?> retentionAnswerer(
      @Qualifier("question") DataSource question, RollupProperties rollups, InstantSource clock) {
    JdbcClient jdbc = JdbcClient.create(question);
    return new RetentionAnswerer(
        new RetentionReader(jdbc), new FreshnessReader(jdbc, clock), rollups.minutesKept());
  }
}
