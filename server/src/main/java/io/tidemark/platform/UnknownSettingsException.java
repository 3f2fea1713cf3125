package io.tidemark.platform;

import java.util.Set;

/// Settings were named that do not exist. The message names them all.
public final class UnknownSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownSettingsException(Set<String> names) {
    super(
        "Unknown settings: %s. config/tidemark.yaml lists every setting with its meaning."
            .formatted(String.join(", ", names)));
  }
}
