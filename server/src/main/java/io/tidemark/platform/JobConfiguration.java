package io.tidemark.platform;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/// Runs the recurring jobs with db-scheduler: each once in the cluster, taken over by another
/// server when one dies.
@Configuration(proxyBeanMethods = false)
public class JobConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(JobConfiguration.class);
  private static final Duration POLLING = Duration.ofMillis(250);

  /// A job whose server died, or lost the database while it ran, is taken over after four of them.
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  @Bean(destroyMethod = "stop")
  Scheduler scheduler(
      @Qualifier("job") DataSource job, List<RecurringJob> jobs, MeterRegistry metrics) {
    List<RecurringTask<Void>> tasks = jobs.stream().map(each -> task(each, metrics)).toList();
    return Scheduler.create(job)
        .startTasks(tasks)
        .threads(Math.max(2, jobs.size()))
        .pollingInterval(POLLING)
        .heartbeatInterval(HEARTBEAT)
        .missedHeartbeatsLimit(4)
        .shutdownMaxWait(Duration.ofSeconds(15))
        .build();
  }

  @Bean
  SchedulerStart schedulerStart(Scheduler scheduler, DatabaseWatch watch) {
    return new SchedulerStart(scheduler, watch);
  }

  /// Starts the jobs once the server takes requests. They pause while the database takes no writes:
  /// each look for work would fail, with a page of log.
  record SchedulerStart(Scheduler scheduler, DatabaseWatch watch) {

    @EventListener(ApplicationReadyEvent.class)
    void start() {
      watch.whenStopped(scheduler::pause);
      watch.whenResumed(scheduler::resume);
      scheduler.start();
    }
  }

  private static RecurringTask<Void> task(RecurringJob job, MeterRegistry metrics) {
    return Tasks.recurring(job.name(), FixedDelay.of(job.pause()))
        .execute((instance, context) -> {
          long start = System.nanoTime();
          String result = "failed";
          try {
            job.work().run();
            result = "done";
          } catch (Exception e) {
            LOG.error("{} failed; it runs again in {}", job.name(), job.pause(), e);
          } finally {
            metrics
                .timer("tidemark.job", "job", job.name(), "result", result)
                .record(Duration.ofNanos(System.nanoTime() - start));
          }
        });
  }
}
