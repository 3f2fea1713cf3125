package io.tidemark.insight.saved;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.insight.InsightProperties;
import io.tidemark.insight.question.QuestionDesk;
import io.tidemark.platform.DatabaseWatch;
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

  /// More than connections and the end of a question take.
  private static final Duration CLAIM_GRACE = Duration.ofMinutes(1);

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

  /// Begins by forgetting: this server may be of another version, or have other settings, than the
  /// one that asked.
  @Bean
  KeptAnswerStore keptAnswerStore(
      @Qualifier("question") DataSource dataSource, InsightProperties properties) {
    KeptAnswerStore store =
        new KeptAnswerStore(
            JdbcClient.create(dataSource), properties.timeout().analytics().plus(CLAIM_GRACE));
    store.forgetAll();
    return store;
  }

  @Bean
  KeptAnswers keptAnswers(
      KeptAnswerStore store,
      SavedQuestionStore questions,
      QuestionDesk desk,
      DatabaseWatch database,
      InstantSource clock,
      JsonMapper mapper,
      @Qualifier("answerRenewal") ExecutorService answerRenewal,
      MeterRegistry metrics) {
    return new KeptAnswers(store, questions, desk, database, clock, mapper, answerRenewal, metrics);
  }

  @Bean
  RecurringJob renewAnswers(KeptAnswers answers) {
    return RecurringJob.every("saved.renew", Duration.ofSeconds(10), answers::renewOld);
  }
}
