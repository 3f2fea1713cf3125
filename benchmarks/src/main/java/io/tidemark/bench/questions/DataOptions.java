package io.tidemark.bench.questions;

import io.tidemark.bench.server.WorkingDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options that say what is stored, and for how long it is kept.
@SuppressWarnings("NullAway.Init") // fields set by picocli
final class DataOptions {

  private static final double DEFAULT_SCALE = 0.1;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--scale",
      paramLabel = "X",
      description =
          "How much data: 1 is 38 million records of 100,000 people, 0.01 a quick run (default: 0.1, or what is kept)")
  private @Nullable Double scale;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another one makes other data of the same kind (default: 1, or what is kept)")
  private @Nullable Long seed;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description =
          "Keep the databases in that folder and ask them again next time, without loading; with --database-url, keep the schemas")
  private @Nullable Path keep;

  @Option(
      names = "--reload",
      description = "Load what is kept into Tidemark anew; the schema it is compared with stays")
  private boolean isReload;

  /// @param parent of the folder for one run
  WorkingDirectory directory(Path parent) {
    return keep == null ? WorkingDirectory.create(parent) : WorkingDirectory.keep(keep);
  }

  boolean isReload() {
    return isReload;
  }

  /// New data, up to now.
  DataSet dataSet() {
    return new DataSet(
        scale == null ? DEFAULT_SCALE : scale,
        seed == null ? 1 : seed,
        Instant.now().truncatedTo(ChronoUnit.MINUTES));
  }

  /// @throws IllegalStateException when something else was asked for than what is kept
  void requireSame(DataSet kept) {
    if ((scale != null && scale != kept.scale()) || (seed != null && seed != kept.seed())) {
      throw new IllegalStateException(
          "Kept there is: %s. Leave --scale and --seed out to ask about it, or keep other data in another folder."
              .formatted(kept.describe()));
    }
  }

  /// @throws CommandLine.ParameterException when an option is out of bounds
  void requireBounds() {
    try {
      dataSet();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--scale: " + e.getMessage(), e);
    }
    if (isReload && keep == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--reload needs --keep: without it everything is loaded anew");
    }
  }
}
