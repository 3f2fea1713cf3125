package io.tidemark.platform;

import java.time.Duration;

/// Work that recurs, run by one server of the cluster at a time.
///
/// @param name `feature.verb`: its metric, its log key and its lock as well
/// @param pause from the end of one run to the start of the next
/// @param work what is done; what it throws is logged and does not end the job
public record RecurringJob(String name, Duration pause, Work work) {

  /// One run of a job.
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  public static RecurringJob every(String name, Duration pause, Work work) {
    return new RecurringJob(name, pause, work);
  }
}
