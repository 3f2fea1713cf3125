package io.tidemark.insight.journey;

import io.tidemark.insight.PersonReader;
import io.tidemark.insight.question.Answerer;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires sessions, journeys and paths.
@Configuration(proxyBeanMethods = false)
public class JourneyConfiguration {

  @Bean
  Answerer<?, ?> sessionsAnswerer(@Qualifier("question") DataSource question) {
    return new SessionsAnswerer(new SessionRowReader(new JdbcTemplate(question)));
  }

  @Bean
  Answerer<?, ?> pathsAnswerer(@Qualifier("question") DataSource question) {
    return new PathsAnswerer(new SessionRowReader(new JdbcTemplate(question)));
  }

  @Bean
  Answerer<?, ?> journeyAnswerer(@Qualifier("question") DataSource question) {
    JdbcClient jdbc = JdbcClient.create(question);
    return new JourneyAnswerer(new PersonReader(jdbc), new JourneyReader(jdbc));
  }
}
