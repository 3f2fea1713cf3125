package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.TidemarkServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Questions from a terminal.
class AskCommandE2E {

  private static TidemarkServer server;
  private static String key;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    server = TidemarkServer.start();
    key = server.key(KeyKind.READ);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void ask_question_printsATable() {
    assertThat(ask("api-totals", "from=-P7D", "zone=Europe/Berlin")).isZero();

    assertThat(out.toString()).startsWith("at  requests  errors").contains("(no rows)", "as of");
  }

  @Test
  void ask_json_printsTheAnswer() {
    assertThat(ask("api-totals", "--json", "--explain")).isZero();

    assertThat(out.toString()).contains("\"points\"", "\"statements\"");
  }

  @Test
  void ask_explain_printsStatements() {
    assertThat(ask("api-totals", "--explain")).isZero();

    assertThat(out.toString())
        .contains("-- insight.api-totals: ", " 0 rows", "FROM api_total_rollup");
  }

  @Test
  void ask_document_printsATable(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("question.json");
    Files.writeString(file, "{\"question\": \"api-totals\", \"interval\": \"hour\"}");

    assertThat(ask("--document", file.toString())).isZero();

    assertThat(out.toString()).contains("(no rows)");
  }

  @Test
  void ask_wrongField_saysWhichAndFails() {
    assertThat(ask("api-totals", "interval=fortnight")).isEqualTo(1);
    assertThat(err.toString()).contains("interval must be one of minute, hour, day");

    assertThat(ask("fortune")).isEqualTo(1);
    assertThat(err.toString()).contains("question must be one of");
  }

  @Test
  void ask_nothingOrTwoThings_isWrongUsage() {
    assertThat(ask()).isEqualTo(2);
    assertThat(ask("api-totals", "--saved", "00000000-0000-4000-8000-000000000000")).isEqualTo(2);
    assertThat(ask("api-totals", "fromage")).isEqualTo(2);
  }

  @Test
  void ask_whatCannotBeSent_isWrongUsage(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("question.json");
    Files.write(file, new byte[] {'"', (byte) 0xe4, '"'});

    assertThat(ask("--saved", "a b%")).isEqualTo(2);
    assertThat(ask("--document", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("UTF-8");
    assertThat(askWithKey("hush\u0001", "api-totals")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("hush");
    assertThat(ask("api-totals", "zone=\"a\\u0000\"")).isEqualTo(1);
    assertThat(err.toString()).contains("zone must not hold the character U+0000");
  }

  private int ask(String... arguments) {
    return askWithKey(key, arguments);
  }

  private int askWithKey(String with, String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--url", server.base().toString(), "--key", with));
    return new CommandLine(new AskCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(line.toArray(String[]::new));
  }
}
