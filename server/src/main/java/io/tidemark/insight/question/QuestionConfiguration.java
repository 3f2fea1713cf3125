package io.tidemark.insight.question;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.insight.InsightProperties;
import io.tidemark.insight.select.PersonalPolicy;
import io.tidemark.platform.DatabaseProperties;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
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
      @Qualifier("question") DataSource question,
      InsightProperties properties,
      InstantSource clock,
      JsonMapper mapper) {
    InsightProperties.People people = properties.people();
    PersonalPolicy policy =
        new PersonalPolicy(Set.copyOf(people.openTraits()), people.personalProperties());
    UUID salt = JdbcClient.create(question).sql(SALT).query(UUID.class).single();
    return new QuestionDesk(
        documents,
        reader,
        new HiddenPeople(policy),
        new ToldAnswers(new Pseudonyms(salt), mapper),
        people.fewest(),
        clock,
        mapper);
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
}
