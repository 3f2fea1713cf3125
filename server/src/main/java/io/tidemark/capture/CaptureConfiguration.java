package io.tidemark.capture;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.access.RecordingAccess;
import io.tidemark.ingest.RecordKeeper;
import io.tidemark.ingest.RefusalLog;
import io.tidemark.partition.RetentionPolicy;
import java.time.InstantSource;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// Wires the intake over HTTP.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CaptureProperties.class)
public class CaptureConfiguration {

  @Bean
  IntakeMemory intakeMemory() {
    return IntakeMemory.ofThisProcess();
  }

  @Bean
  FairUse fairUse(CaptureProperties properties) {
    return new FairUse(properties.rateLimit(), TimeMeter.SYSTEM_NANOTIME);
  }

  @Bean
  NativeCapture nativeCapture(
      RetentionPolicy retention,
      RecordKeeper keeper,
      RefusalLog refusals,
      FairUse fairUse,
      InstantSource clock) {
    return new NativeCapture(retention, keeper, refusals, fairUse, clock);
  }

  @Bean
  FilterRegistrationBean<IntakeFilter> intakeFilter(
      RecordingAccess access,
      FairUse fairUse,
      NativeCapture capture,
      IntakeMemory memory,
      RefusalLog refusals,
      MeterRegistry metrics,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems,
      CaptureProperties properties) {
    FilterRegistrationBean<IntakeFilter> registration =
        new FilterRegistrationBean<>(
            new IntakeFilter(
                access,
                fairUse,
                capture,
                memory,
                refusals,
                new IntakeMetrics(metrics),
                problems,
                properties.bodyTimeout()));
    registration.addUrlPatterns(IntakeFilter.PATH);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  OpenApiCustomizer intakeDocument() {
    return new IntakeDocument();
  }
}
