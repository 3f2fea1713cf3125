package io.tidemark.insight.saved;

import io.tidemark.insight.question.QuestionDesk;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Wires saved questions, dashboards and links.
@Configuration(proxyBeanMethods = false)
@Import({SavedQuestionController.class, DashboardController.class, SharedController.class})
public class SavedConfiguration {

  @Bean
  SavedQuestions savedQuestions(
      @Qualifier("question") DataSource dataSource,
      QuestionDesk desk,
      InstantSource clock,
      JsonMapper mapper) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    return new SavedQuestions(
        new SavedQuestionStore(jdbc, clock, mapper),
        new DashboardStore(jdbc, clock),
        new ShareLinkStore(jdbc, clock),
        desk,
        new TransactionTemplate(new JdbcTransactionManager(dataSource)));
  }
}
