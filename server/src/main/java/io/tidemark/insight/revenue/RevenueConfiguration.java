package io.tidemark.insight.revenue;

import io.tidemark.insight.question.Answerer;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires revenue.
@Configuration(proxyBeanMethods = false)
public class RevenueConfiguration {

  @Bean
  Answerer<?, ?> revenueAnswerer(@Qualifier("question") DataSource question) {
    JdbcClient jdbc = JdbcClient.create(question);
    return new RevenueAnswerer(new AttributionReader(jdbc), new SubscriptionReader(jdbc));
  }
}
