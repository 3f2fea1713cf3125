package io.tidemark.insight.question;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.insight.InsightProperties;
import io.tidemark.platform.DatabaseProperties;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springdoc.core.customizers.OpenApiCustomizer;
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
  StrictJson strictJson(JsonMapper mapper) {
    return new StrictJson(mapper);
  }

  @Bean
  QuestionDocuments questionDocuments(StrictJson json, List<Answerer<?, ?>> answerers) {
    return new QuestionDocuments(json, answerers);
  }

  @Bean
  AnswerReader answerReader(
      @Qualifier("question") DataSource question,
      InsightProperties properties,
      DatabaseProperties database) {
    AnswerRoom room = new AnswerRoom(database.pool().question());
    return new AnswerReader(question, room, properties.timeout());
  }

  @Bean
  QuestionDesk questionDesk(
      QuestionDocuments documents,
      AnswerReader reader,
      Pseudonyms pseudonyms,
      InstantSource clock,
      JsonMapper mapper) {
    return new QuestionDesk(documents, reader, pseudonyms, clock, mapper);
  }

  @Bean
  QuestionRequests questionRequests(
      QuestionDesk desk, InsightProperties properties, MeterRegistry metrics) {
    return new QuestionRequests(desk, new ExportRoom(properties.exports(), metrics));
  }

  @Bean
  OpenApiCustomizer questionApiDocument(List<Answerer<?, ?>> answerers) {
    return new QuestionApiDocument(answerers.stream().map(Answerer::kind).toList());
  }

  @Bean
  Pseudonyms pseudonyms(@Qualifier("question") DataSource question) {
    return new Pseudonyms(JdbcClient.create(question).sql(SALT).query(UUID.class).single());
  }
}
