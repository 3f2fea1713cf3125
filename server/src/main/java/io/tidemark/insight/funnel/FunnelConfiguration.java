package io.tidemark.insight.funnel;

import io.tidemark.insight.InsightProperties;
import io.tidemark.insight.question.Answerer;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires funnels.
@Configuration(proxyBeanMethods = false)
@Import(FunnelController.class)
public class FunnelConfiguration {

  @Bean
  FunnelEngine funnelEngine(
      @Qualifier("question") DataSource question, InsightProperties properties) {
    return new FunnelEngine(new FunnelReader(new JdbcTemplate(question)), properties);
  }

  @Bean
  Answerer<?, ?> funnelAnswerer(FunnelEngine engine) {
    return new FunnelAnswerer(engine);
  }

  @Bean
  Answerer<?, ?> funnelPeopleAnswerer(
      FunnelEngine engine, @Qualifier("question") DataSource question) {
    return new FunnelPeopleAnswerer(engine, new PersonNameReader(JdbcClient.create(question)));
  }
}
