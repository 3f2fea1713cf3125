package io.tidemark.bench.parse;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the micro-benchmark of the access log's parser.
@Command(
    name = "parse",
    description = "Time and memory that the access log's parser takes for a line (JMH).")
@SuppressWarnings("NullAway.Init") // fields set by picocli
public final class ParseCommand implements Callable<Integer> {

  private static final int WARM_UPS = 3;
  private static final int MEASUREMENTS = 5;

  @Option(
      names = "--smoke",
      description = "A tenth of a second for each step: whether it works, not what comes out")
  private boolean isSmoke;

  /// In this JVM: a forked one would not find its classes in this jar, which holds others.
  @Override
  public Integer call() throws RunnerException {
    TimeValue step = isSmoke ? TimeValue.milliseconds(100) : TimeValue.seconds(2);
    new Runner(
            new OptionsBuilder()
                .include(AccessLogParserBenchmark.class.getName())
                .forks(0)
                .warmupIterations(WARM_UPS)
                .warmupTime(step)
                .measurementIterations(MEASUREMENTS)
                .measurementTime(step)
                .addProfiler(GCProfiler.class)
                .build())
        .run();
    return CommandLine.ExitCode.OK;
  }
}
