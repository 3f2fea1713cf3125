package io.tidemark.insight.summary;

import io.tidemark.insight.Insights;
import io.tidemark.insight.question.Answerer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Wires the questions that rollups answer.
@Configuration(proxyBeanMethods = false)
public class SummaryConfiguration {

  @Bean
  Answerer<?, ?> apiTotalsAnswerer(Insights insights) {
    return new ApiTotalsAnswerer(insights);
  }
}
