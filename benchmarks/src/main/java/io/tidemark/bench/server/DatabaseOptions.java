package io.tidemark.bench.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which PostgreSQL is used.
@SuppressWarnings("NullAway.Init") // fields set by picocli
public final class DatabaseOptions {

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "JDBC URL, with user and password, of a PostgreSQL 15 to 18 to use instead of an embedded one;"
              + " the schemas tidemark_bench and tidemark_bench_report in it are dropped at start and end, unless they are kept")
  @Nullable String url;

  @Option(
      names = "--postgres",
      paramLabel = "NAME=VALUE",
      description =
          "A setting of the embedded PostgreSQL, such as shared_buffers=2GB; may be given several times")
  Map<String, String> settings = new LinkedHashMap<>();
}
