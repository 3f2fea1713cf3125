package io.tidemark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Prints answers to a terminal.
///
/// @param out where text goes
record AnswerPrinter(PrintWriter out) {

  private static final int MOST_ROWS = 1_000;

  /// The rows as they come, byte for byte.
  void printCsv(HttpResponse<InputStream> csv) throws IOException {
    out.flush();
    PrintStream terminal = System.out;
    try (InputStream body = csv.body()) {
      body.transferTo(terminal);
    }
    terminal.flush();
  }

  /// The first rows in columns, and what the answer says of itself.
  void printTable(HttpResponse<InputStream> csv) throws IOException {
    try (InputStream body = csv.body()) {
      AnswerTable.read(body, MOST_ROWS).print(out);
    }
    HttpHeaders headers = csv.headers();
    headers
        .firstValue("Tidemark-From")
        .ifPresent(from ->
            out.printf(
                "%nFrom %s to %s; as of %s%s%n",
                from,
                headers.firstValue("Tidemark-To").orElse("?"),
                headers.firstValue("Tidemark-As-Of").orElse("?"),
                headers.firstValue("Tidemark-Exact").orElse("").equals("true")
                    ? ""
                    : "; percentiles within 1 %"));
    headers
        .firstValue("Tidemark-People-Needed")
        .ifPresent(needed ->
            out.printf("Fewer than %s people, who are not listed for this key%n", needed));
    out.flush();
  }

  /// The answer in lines.
  void printJson(HttpResponse<InputStream> json) throws IOException {
    out.println(
        JsonMapper.shared()
            .writer()
            .with(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(read(json)));
    out.flush();
  }

  /// The statements of an answer that is explained.
  void printStatements(HttpResponse<InputStream> json) throws IOException {
    for (JsonNode statement : read(json).at("/explain/statements")) {
      out.printf(
          Locale.ROOT,
          "-- %s: %.1f ms, %,d rows%n%s;%n%n",
          statement.path("name").asString(),
          statement.path("millis").asDouble(),
          statement.path("rows").asLong(),
          statement.path("sql").asString());
    }
    out.flush();
  }

  private static JsonNode read(HttpResponse<InputStream> json) throws IOException {
    try (InputStream body = json.body()) {
      return JsonMapper.shared().readTree(body);
    }
  }
}
