package io.tidemark.ingest;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// How records are grouped into commits.
///
/// @param writers writers that commit at the same time, 1 to 16
/// @param groupRecords most records that one commit takes, 100 to 100,000
/// @param queueRecords most records that may wait for a commit, at least `groupRecords`
@ConfigurationProperties(prefix = "tidemark.ingest", ignoreUnknownFields = false)
public record IngestProperties(int writers, int groupRecords, int queueRecords) {

  public IngestProperties {
    if (writers < 1 || writers > 16) {
      throw new IllegalArgumentException(
          "tidemark.ingest.writers must be from 1 to 16: " + writers);
    }
    if (groupRecords < 100 || groupRecords > 100_000) {
      throw new IllegalArgumentException(
          "tidemark.ingest.group-records must be from 100 to 100000: " + groupRecords);
    }
    if (queueRecords < groupRecords) {
      throw new IllegalArgumentException(
          "tidemark.ingest.queue-records must be at least group-records: " + queueRecords);
    }
  }
}
