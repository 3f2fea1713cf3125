package io.tidemark.cli;

import io.tidemark.access.AccessConfiguration;
import io.tidemark.access.SecurityConfiguration;
import io.tidemark.capture.CaptureConfiguration;
import io.tidemark.ingest.IngestConfiguration;
import io.tidemark.insight.InsightConfiguration;
import io.tidemark.insight.funnel.FunnelConfiguration;
import io.tidemark.insight.journey.JourneyConfiguration;
import io.tidemark.insight.lifecycle.LifecycleConfiguration;
import io.tidemark.insight.question.QuestionConfiguration;
import io.tidemark.insight.retention.RetentionConfiguration;
import io.tidemark.insight.saved.SavedConfiguration;
import io.tidemark.insight.summary.SummaryConfiguration;
import io.tidemark.insight.trend.TrendConfiguration;
import io.tidemark.partition.PartitionConfiguration;
import io.tidemark.platform.ApiDocumentConfiguration;
import io.tidemark.platform.DatabaseConfiguration;
import io.tidemark.platform.JobConfiguration;
import io.tidemark.platform.WebConfiguration;
import io.tidemark.rollup.RollupConfiguration;
import io.tidemark.spool.SpoolConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The server: every feature, each wired by its own configuration. The API's description comes
/// last, since it adds to what the others say of themselves.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
@Import({
  DatabaseConfiguration.class,
  JobConfiguration.class,
  WebConfiguration.class,
  PartitionConfiguration.class,
  IngestConfiguration.class,
  SpoolConfiguration.class,
  RollupConfiguration.class,
  AccessConfiguration.class,
  SecurityConfiguration.class,
  CaptureConfiguration.class,
  InsightConfiguration.class,
  QuestionConfiguration.class,
  FunnelConfiguration.class,
  SummaryConfiguration.class,
  TrendConfiguration.class,
  JourneyConfiguration.class,
  RetentionConfiguration.class,
  LifecycleConfiguration.class,
  SavedConfiguration.class,
  ApiDocumentConfiguration.class
})
public class TidemarkApplication {}
