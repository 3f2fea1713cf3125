package io.tidemark.insight.performance;

import io.tidemark.insight.question.Answerer;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires performance against behaviour.
@Configuration(proxyBeanMethods = false)
public class PerformanceConfiguration {

  @Bean
  Answerer<?, ?> performanceAnswerer(@Qualifier("question") DataSource question) {
    PerformanceReader reader = new PerformanceReader(JdbcClient.create(question));
    return new PerformanceAnswerer(
        new PerformanceEngine(
            new MeasureReader(new JdbcTemplate(question)), reader, PerformanceEngine.MOST_BYTES),
        reader);
  }
}
