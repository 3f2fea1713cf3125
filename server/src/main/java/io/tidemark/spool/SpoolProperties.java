package io.tidemark.spool;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// Whether there is a spool, and how large it may grow. The folder of both settings is that of the
/// whole server, so that the one to turn it on is `TIDEMARK_SPOOL`.
///
/// @param spool whether records are kept in the data directory while the database is away
/// @param spoolLimit most that they may take on disk, at least 1 MB
@ConfigurationProperties(prefix = "tidemark")
public record SpoolProperties(boolean spool, DataSize spoolLimit) {

  private static final DataSize LEAST = DataSize.ofMegabytes(1);

  public SpoolProperties {
    if (spoolLimit.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "tidemark.spool-limit must be at least 1MB: " + spoolLimit);
    }
  }
}
