package io.tidemark.insight.lifecycle;

import io.tidemark.insight.FreshnessReader;
import io.tidemark.insight.question.Answerer;
import io.tidemark.rollup.RollupProperties;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires lifecycle.
@Configuration(proxyBeanMethods = false)
public class LifecycleConfiguration {

  @Bean
  Answerer<?, ?> lifecycleAnswerer(
      @Qualifier("question") DataSource question, RollupProperties rollups, InstantSource clock) {
    JdbcClient jdbc = JdbcClient.create(question);
    return new LifecycleAnswerer(
        new LifecycleReader(jdbc), new FreshnessReader(jdbc, clock), rollups.minutesKept());
  }
}
