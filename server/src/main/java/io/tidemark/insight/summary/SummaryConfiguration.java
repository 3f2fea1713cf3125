package io.tidemark.insight.summary;

import io.tidemark.insight.Insights;
import io.tidemark.insight.question.Answerer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Wires the questions that have an address of their own.
@Configuration(proxyBeanMethods = false)
@Import(InsightController.class)
public class SummaryConfiguration {

  @Bean
  Answerer<?, ?> apiTotalsAnswerer(Insights insights) {
    return new ApiTotalsAnswerer(insights);
  }
}
