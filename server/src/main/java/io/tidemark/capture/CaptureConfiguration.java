package io.tidemark.capture;

import io.tidemark.ingest.RecordKeeper;
import io.tidemark.ingest.RefusalLog;
import io.tidemark.partition.RetentionPolicy;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Wires the intake over HTTP.
@Configuration(proxyBeanMethods = false)
@Import(NativeCaptureController.class)
public class CaptureConfiguration {

  @Bean
  IntakeMemory intakeMemory() {
    return IntakeMemory.ofThisProcess();
  }

  @Bean
  NativeCapture nativeCapture(
      RetentionPolicy retention, RecordKeeper keeper, RefusalLog refusals, InstantSource clock) {
    return new NativeCapture(retention, keeper, refusals, clock);
  }
}
