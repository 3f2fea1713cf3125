package io.tidemark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertyResolver;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Asks a running server a question.
@Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    description = {
      "Ask a running server a question, and print the answer as a table.",
      "Example: ./tidemark ask api-totals from=-P7D zone=Europe/Berlin"
    })
@SuppressWarnings("NullAway.Init") // fields set by picocli
final class AskCommand implements Callable<Integer> {

  private static final String KEY_VARIABLE = "TIDEMARK_ASK_KEY";
  private static final String URL_VARIABLE = "TIDEMARK_ASK_URL";
  private static final Pattern KEY = Pattern.compile("[\\w-]+");
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;
  @Mixin private ListenOptions listen;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "QUESTION",
      description = "The kind of question, such as api-totals; /swagger-ui of a server lists them")
  private @Nullable String question;

  @Parameters(
      index = "1..*",
      paramLabel = "FIELD=VALUE",
      description =
          "Fields of its document; a value may be JSON: 'steps=[{\"event\": \"signup\"}]'")
  private List<String> fields = List.of();

  @Option(
      names = "--document",
      paramLabel = "FILE",
      description = "Ask the question in a file, as JSON; - reads standard input")
  private @Nullable String document;

  @Option(names = "--saved", paramLabel = "ID", description = "Ask a saved question")
  private @Nullable UUID saved;

  @ArgGroup private @Nullable Form form;

  @Option(
      names = "--explain",
      description = "Print the statements that were run, with milliseconds and rows")
  private boolean isExplained;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server (" + URL_VARIABLE + "; default: the one on this machine)")
  private @Nullable URI url;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "A key that may ask (" + KEY_VARIABLE + ")")
  private @Nullable String key;

  /// What to print instead of a table.
  static final class Form {

    @Option(names = "--csv", description = "Print all rows as CSV")
    private boolean isCsv;

    @Option(names = "--json", description = "Print the answer as JSON")
    private boolean isJson;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireOneQuestion();
    AnswerPrinter printer = new AnswerPrinter(spec.commandLine().getOut());
    try (AskConnection connection = new AskConnection(address(), key())) {
      if (form != null && form.isCsv) {
        printer.printCsv(ask(connection, CSV));
      } else if (form != null && form.isJson) {
        printer.printJson(ask(connection, JSON));
      } else if (isExplained) {
        printer.printStatements(ask(connection, JSON));
      } else {
        printer.printTable(ask(connection, CSV));
      }
      return CommandLine.ExitCode.OK;
    } catch (AskFailedException e) {
      spec.commandLine().getErr().println("tidemark: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void requireOneQuestion() {
    if ((question == null ? 0 : 1) + (document == null ? 0 : 1) + (saved == null ? 0 : 1) != 1) {
      throw wrong("Which question? One of QUESTION, --document and --saved");
    }
    if (isExplained && form != null && form.isCsv) {
      throw wrong("--explain goes with a table or --json");
    }
  }

  private String key() {
    String given =
        Optional.ofNullable(key)
            .or(() -> Optional.ofNullable(System.getenv(KEY_VARIABLE)))
            .orElseThrow(() ->
                wrong(
                    "Which key? --key or %s; ./tidemark key create NAME --kind read makes one"
                        .formatted(KEY_VARIABLE)));
    if (!KEY.matcher(given).matches()) {
      throw wrong(
          "A key is letters, digits, dashes and underscores; --key or %s is not"
              .formatted(KEY_VARIABLE));
    }
    return given;
  }

  private URI address() {
    if (url != null) {
      return url;
    }
    String named = System.getenv(URL_VARIABLE);
    if (named != null) {
      return URI.create(named);
    }
    try (ConfigurableApplicationContext installation = Installation.openSettings(server)) {
      PropertyResolver settings = installation.getEnvironment();
      int port =
          listen
              .port()
              .orElseGet(() -> settings.getRequiredProperty("tidemark.server.port", Integer.class));
      return ServerAddress.local(settings, port);
    }
  }

  private HttpResponse<InputStream> ask(AskConnection connection, String accept)
      throws IOException, InterruptedException {
    if (saved != null) {
      return connection.askSaved(saved, accept, isExplained);
    }
    return connection.ask(readDocument(), accept, isExplained);
  }

  private String readDocument() throws IOException {
    if (question != null) {
      try {
        return QuestionDocument.of(question, fields);
      } catch (IllegalArgumentException e) {
        throw wrong(String.valueOf(e.getMessage()));
      }
    }
    byte[] bytes =
        "-".equals(document)
            ? System.in.readAllBytes()
            : Files.readAllBytes(Path.of(String.valueOf(document)));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw wrong("The document must be JSON in UTF-8");
    }
  }

  private CommandLine.ParameterException wrong(String what) {
    return new CommandLine.ParameterException(spec.commandLine(), what);
  }
}
