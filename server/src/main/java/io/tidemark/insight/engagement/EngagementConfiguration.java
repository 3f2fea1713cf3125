package io.tidemark.insight.engagement;

import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.question.Answerer;
import io.tidemark.rollup.RollupProperties;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires engagement.
@Configuration(proxyBeanMethods = false)
public class EngagementConfiguration {

  @Bean
  Answerer<?, ?> engagementAnswerer(
      @Qualifier("question") DataSource question, RollupProperties rollups, InstantSource clock) {
    JdbcClient jdbc = JdbcClient.create(question);
    return new EngagementAnswerer(
        new EngagementReader(jdbc), new FreshnessReader(jdbc, clock), rollups.minutesKept());
  }
}
