package io.tidemark.insight.question;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Wires what all questions have in common.
@Configuration(proxyBeanMethods = false)
@Import(QuestionController.class)
public class QuestionConfiguration {

  private static final String SALT = "SELECT /* insight.salt */ pseudonym_salt FROM installation";

  @Bean
  QuestionDocuments questionDocuments(JsonMapper mapper, List<Answerer<?, ?>> answerers) {
    return new QuestionDocuments(mapper, answerers);
  }

  @Bean
  Pseudonyms pseudonyms(@Qualifier("question") DataSource question) {
    return new Pseudonyms(JdbcClient.create(question).sql(SALT).query(UUID.class).single());
  }
}
