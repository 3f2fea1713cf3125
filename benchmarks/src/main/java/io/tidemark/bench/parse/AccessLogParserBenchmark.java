package io.tidemark.bench.parse;

import io.tidemark.capture.accesslog.AccessLogLine;
import io.tidemark.capture.accesslog.AccessLogParser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How long the access log's parser takes for one line, which is what bounds an import before the
/// database does. JMH makes subclasses of it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AccessLogParserBenchmark {

  private static final String USUAL =
      "203.0.113.7 - - [12/Mar/2026:08:15:42 +0000] \"GET /api/effects?sort=new HTTP/1.1\" 200 5316"
          + " \"https://app.example/studio\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\" 0.042";

  private static final String UNREADABLE = "203.0.113.7 - - [yesterday] \"GET / HTTP/1.1\" 200 12";

  private final AccessLogParser parser = new AccessLogParser();

  @Benchmark
  public AccessLogLine usualLine() {
    return parser.parse(USUAL);
  }

  @Benchmark
  public AccessLogLine unreadableLine() {
    return parser.parse(UNREADABLE);
  }
}
