package io.tidemark.insight.saved;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.insight.question.QuestionDesk;
import io.tidemark.platform.RecurringJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
  SavedQuestionStore savedQuestionStore(
      @Qualifier("question") DataSource dataSource, InstantSource clock, JsonMapper mapper) {
    return new SavedQuestionStore(JdbcClient.create(dataSource), clock, mapper);
  }

  @Bean
  SavedQuestions savedQuestions(
      @Qualifier("question") DataSource dataSource,
      SavedQuestionStore questions,
      QuestionDesk desk,
      InstantSource clock) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    return new SavedQuestions(
        questions,
        new DashboardStore(jdbc, clock),
        new ShareLinkStore(jdbc, clock),
        desk,
        new TransactionTemplate(new JdbcTransactionManager(dataSource)));
  }

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService answerRenewal() {
    return Executors.newSingleThreadExecutor(Thread.ofVirtual().name("answer-renewal").factory());
  }

  @Bean
  KeptAnswers keptAnswers(
      @Qualifier("question") DataSource dataSource,
      SavedQuestionStore questions,
      QuestionDesk desk,
      InstantSource clock,
      JsonMapper mapper,
      @Qualifier("answerRenewal") ExecutorService answerRenewal,
      MeterRegistry metrics) {
    KeptAnswerStore store = new KeptAnswerStore(JdbcClient.create(dataSource));
    return new KeptAnswers(store, questions, desk, clock, mapper, answerRenewal, metrics);
  }

  @Bean
  RecurringJob renewAnswers(KeptAnswers answers) {
    return RecurringJob.every("saved.renew", Duration.ofSeconds(10), answers::renewOld);
  }
}
