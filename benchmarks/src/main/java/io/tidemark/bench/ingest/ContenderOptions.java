package io.tidemark.bench.ingest;

import io.tidemark.bench.server.BenchDatabase;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options that say what is stored, and by whom.
@SuppressWarnings("NullAway.Init") // fields set by picocli
final class ContenderOptions {

  /// A batch under way for each: enough to keep the server busy, too few to fill its queue of
  /// 200,000 records.
  private static final int CONNECTIONS_FOR_LARGE_BATCHES = 16;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--mix",
      defaultValue = "85:8:4:3",
      paramLabel = "A:E:M:S",
      description =
          "API calls, events, metrics and funnel steps, in parts of their sum (default: ${DEFAULT-VALUE})")
  private String mix;

  @Option(
      names = "--batches",
      split = ",",
      defaultValue = "1,10,100,1000",
      paramLabel = "N",
      description = "Records in a request to Tidemark (default: ${DEFAULT-VALUE})")
  private List<Integer> batches;

  @Option(
      names = "--connections",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Connections to Tidemark (default: 256 for batches of 1, 128 of 10, 64 of 100, 16 of more)")
  private int connections;

  @Option(
      names = "--copy-batch",
      defaultValue = "10000",
      paramLabel = "N",
      description = "Rows in a COPY and its transaction (default: ${DEFAULT-VALUE})")
  private int copyBatch;

  @Option(
      names = "--copy-clients",
      defaultValue = "2",
      paramLabel = "N",
      description = "Clients that COPY (default: ${DEFAULT-VALUE})")
  private int copyClients;

  @Option(
      names = "--insert-clients",
      defaultValue = "50",
      paramLabel = "N",
      description = "Clients that INSERT (default: ${DEFAULT-VALUE})")
  private int insertClients;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "tidemark,copy,unindexed,insert",
      paramLabel = "WHO",
      description = "Who takes part: tidemark, copy, unindexed, insert (default: all)")
  private List<Who> only;

  /// Who takes part.
  enum Who {
    TIDEMARK,
    COPY,
    UNINDEXED,
    INSERT
  }

  List<Contender> contenders(BenchDatabase database, URI server, String key, LongAdder pushedBack) {
    RecordMix rows = parsedMix();
    List<Contender> contenders = new ArrayList<>();
    if (only.contains(Who.TIDEMARK)) {
      for (int batch : batches) {
        contenders.add(
            new TidemarkContender(
                server, key, database, rows, batch, connectionsFor(batch), pushedBack));
      }
    }
    if (only.contains(Who.COPY)) {
      contenders.add(CopyContender.intoReportSchema(database, rows, copyBatch, copyClients));
    }
    if (only.contains(Who.UNINDEXED)) {
      contenders.add(CopyContender.intoUnindexedTables(database, rows, copyBatch, copyClients));
    }
    if (only.contains(Who.INSERT)) {
      contenders.add(new InsertContender(database, rows, insertClients));
    }
    return contenders;
  }

  /// Those that fill the tables beforehand, in the way that is quickest for each.
  List<Contender> fillers(BenchDatabase database, URI server, String key, LongAdder pushedBack) {
    RecordMix rows = parsedMix();
    List<Contender> fillers = new ArrayList<>();
    if (only.contains(Who.TIDEMARK)) {
      int batch = 1_000;
      fillers.add(
          new TidemarkContender(
              server, key, database, rows, batch, connectionsFor(batch), pushedBack));
    }
    if (only.contains(Who.COPY) || only.contains(Who.INSERT)) {
      fillers.add(CopyContender.intoReportSchema(database, rows, copyBatch, copyClients));
    }
    return fillers;
  }

  /// In one line.
  String describe() {
    return "API calls:events:metrics:steps %s; connections to Tidemark %s; COPY by %d clients, INSERT by %d"
        .formatted(
            mix,
            String.join(
                ", ",
                batches.stream()
                    .map(batch -> "%d for batches of %,d".formatted(connectionsFor(batch), batch))
                    .toList()),
            copyClients,
            insertClients);
  }

  private int connectionsFor(int batch) {
    if (connections > 0) {
      return connections;
    }
    if (batch < 10) {
      return 256;
    }
    if (batch < 100) {
      return 128;
    }
    return batch < 1_000 ? 64 : CONNECTIONS_FOR_LARGE_BATCHES;
  }

  private RecordMix parsedMix() {
    try {
      return RecordMix.parse(mix);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--mix " + mix + ": " + e.getMessage(), e);
    }
  }

  /// @throws CommandLine.ParameterException when an option is out of bounds
  void requireBounds() {
    parsedMix();
    if (batches.stream().anyMatch(batch -> batch < 1 || batch > 10_000)
        || connections < 0
        || connections > 10_000
        || copyBatch < 1
        || copyClients < 1
        || insertClients < 1
        || copyClients > 100
        || insertClients > 100) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--batches must be 1 to 10,000, --connections up to 10,000, --copy-clients and --insert-clients 1 to 100");
    }
  }
}
