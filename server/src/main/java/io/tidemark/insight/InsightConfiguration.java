package io.tidemark.insight;

import io.tidemark.rollup.RollupProperties;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires the questions.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InsightProperties.class)
public class InsightConfiguration {

  @Bean
  ClientWatch clientWatch() {
    return new ClientWatch();
  }

  @Bean
  Insights insights(
      @Qualifier("question") DataSource question,
      InsightProperties properties,
      RollupProperties rollups,
      InstantSource clock) {
    JdbcClient jdbc = JdbcClient.create(question);
    new ViewSettingStore(jdbc).configure(properties);
    return new Insights(jdbc, properties, rollups.minutesKept(), clock);
  }
}
