package io.tidemark.spool;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether the spool is turned on, in any of the words that a setting may say yes with.
final class SpoolSwitch implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return context.getEnvironment().getProperty("tidemark.spool", Boolean.class, false);
  }
}
