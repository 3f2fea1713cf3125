package io.tidemark.capture.accesslog;

import static io.tidemark.capture.accesslog.UnreadableReason.BAD_STATUS;
import static io.tidemark.capture.accesslog.UnreadableReason.BAD_TIME;
import static io.tidemark.capture.accesslog.UnreadableReason.NOT_COMBINED;
import static io.tidemark.capture.accesslog.UnreadableReason.NOT_HTTP;
import static io.tidemark.capture.accesslog.UnreadableReason.NO_AGENT;
import static io.tidemark.capture.accesslog.UnreadableReason.NO_REQUEST;
import static io.tidemark.capture.accesslog.UnreadableReason.OPEN_QUOTE;
import static io.tidemark.capture.accesslog.UnreadableReason.SEVERAL_HOSTS;
import static io.tidemark.capture.accesslog.UnreadableReason.TOO_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.capture.accesslog.AccessLogLine.Blank;
import io.tidemark.capture.accesslog.AccessLogLine.Request;
import io.tidemark.capture.accesslog.AccessLogLine.Unreadable;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogParserTest {

  private static final String START = "203.0.113.7 - - [17/May/2015:10:05:03 +0000] ";

  private final AccessLogParser parser = new AccessLogParser();

  @Test
  void parse_combinedLine_isARequestWithAllItsFields() {
    String line =
        "203.0.113.7 - frank [17/May/2015:10:05:03 +0000] \"GET /projects/?page=2 HTTP/1.1\" 200 2326"
            + " \"http://example.com/start\" \"Mozilla/5.0 (X11)\"";

    assertThat(parser.parse(line))
        .isEqualTo(
            new Request(
                "203.0.113.7",
                Instant.parse("2015-05-17T10:05:03Z"),
                "GET",
                "/projects/?page=2",
                200,
                "http://example.com/start",
                "Mozilla/5.0 (X11)",
                null));
  }

  @Test
  void parse_dashes_areNotSaid() {
    Request request =
        request("- - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 304 - \"-\" \"-\"");

    assertThat(request.address()).isNull();
    assertThat(request.referrer()).isNull();
    assertThat(request.agent()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::7", "::1", "crawler-7.example.com", "::ffff:203.0.113.7"})
  void parse_addressOfAnyKind_isTheAddress(String address) {
    String line =
        address + " - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"a\"";

    assertThat(request(line).address()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"frank zappa", "a [b] c", "[", "frank@example.com"})
  void parse_userNameOfAnyKind_isPassedOver(String user) {
    String line = START.replace("- -", "- " + user) + "\"GET / HTTP/1.1\" 200 1 \"-\" \"a\"";

    assertThat(request(line).at()).isEqualTo("2015-05-17T10:05:03Z");
  }

  @Test
  void parse_noTime_isUnreadable() {
    assertUnreadable("h - - [-] \"GET / HTTP/1.1\" 200 1 \"-\" \"a\"", BAD_TIME);
    assertUnreadable("h - - [17/Mai/2015:10:05:03 +0000] \"GET / HTTP/1.1\"", BAD_TIME);
  }

  @Test
  void parse_escapedQuotes_belongToTheField() {
    Request apache =
        request(START + "\"GET /a\\\"b HTTP/1.1\" 200 1 \"http://x/\\\\\" \"say \\\"hi\\\" 200\"");
    Request nginx = request(START + "\"GET /a\\x22b HTTP/1.1\" 200 1 \"-\" \"say \\x22hi\\x22\"");

    assertThat(apache.target()).isEqualTo("/a\"b");
    assertThat(apache.referrer()).isEqualTo("http://x/\\");
    assertThat(apache.agent()).isEqualTo("say \"hi\" 200");
    assertThat(nginx.target()).isEqualTo("/a\"b");
    assertThat(nginx.agent()).isEqualTo("say \"hi\"");
  }

  @Test
  void parse_escapedBytes_areUtf8() {
    Request request =
        request(START + "\"GET /caf\\xC3\\xA9/\\xFF HTTP/1.1\" 200 1 \"-\" \"a\\q\\x4\"");

    assertThat(request.target()).isEqualTo("/café/\uFFFD");
    assertThat(request.agent()).isEqualTo("a\\q\\x4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a",
        "GET /a HTTP/0.9",
        "GET /a HTTP/1.0",
        "GET /a HTTP/2",
        "GET /a HTTP/2.0"
      })
  void parse_anyVersionOfHttp_isRead(String request) {
    assertThat(request(line(request)).target()).isEqualTo("/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://example.com/a?b HTTP/1.1",
        "OPTIONS * HTTP/1.0",
        "PRI * HTTP/2.0",
        "CONNECT example.com:443 HTTP/1.1",
        "M-SEARCH * HTTP/1.1",
        "GET /with blank HTTP/1.1"
      })
  void parse_otherTargets_areRead(String request) {
    assertThat(parser.parse(line(request))).isInstanceOf(Request.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\x16\\x03\\x01\\x02\\x00\\x01\\x00",
        "SSH-2.0-Go",
        "MGLNDD_203.0.113.7_80",
        "GET",
        "GET ",
        "GET relative HTTP/1.1",
        "GET /a\\x00b HTTP/1.1",
        "GET /a b",
        "t3 12.1.2\\n"
      })
  void parse_whatIsNotHttp_isUnreadable(String request) {
    assertUnreadable(line(request), NOT_HTTP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", ""})
  void parse_noRequest_isUnreadable(String request) {
    assertUnreadable(line(request), NO_REQUEST);
  }

  @Test
  void parse_cutOrOtherLines_areUnreadableForTheirReason() {
    assertUnreadable("garbage", NOT_COMBINED);
    assertUnreadable("{\"remote_addr\": \"203.0.113.7\"}", NOT_COMBINED);
    assertUnreadable("203.0.113.7 - - [17/May/2015:10:05:03 +0000", BAD_TIME);
    assertUnreadable(START + "\"GET / HTTP/1.1", OPEN_QUOTE);
    assertUnreadable(START + "\"GET / HTTP/1.1\"", BAD_STATUS);
    assertUnreadable(START + "\"GET / HTTP/1.1\" 2000 1 \"-\" \"a\"", BAD_STATUS);
    assertUnreadable(START + "\"GET / HTTP/1.1\" 000 1 \"-\" \"a\"", BAD_STATUS);
    assertUnreadable(START + "\"GET / HTTP/1.1\" 200", NO_AGENT);
    assertUnreadable(START + "\"GET / HTTP/1.1\" 200 2326", NO_AGENT);
    assertUnreadable(START + "\"GET / HTTP/1.1\" 200 2326 \"-\"", NO_AGENT);
    assertUnreadable(START + "\"GET / HTTP/1.1\" 200 2326 \"-\" \"Mozil", OPEN_QUOTE);
    assertUnreadable(START + "\"GET / HTTP/1.1\" 200 many \"-\" \"a\"", NOT_COMBINED);
    assertUnreadable(
        "example.com:80 " + START + "\"GET / HTTP/1.1\" 200 1 \"-\" \"a\"", SEVERAL_HOSTS);
    assertUnreadable("x".repeat(AccessLogParser.LONGEST_LINE + 1), TOO_LONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "\r"})
  void parse_nothing_isBlank(String line) {
    assertThat(parser.parse(line)).isEqualTo(new Blank());
  }

  private static String line(String request) {
    return START + "\"" + request + "\" 200 2326 \"-\" \"Mozilla/5.0\"";
  }

  private Request request(String line) {
    AccessLogLine said = parser.parse(line);
    assertThat(said).isInstanceOf(Request.class);
    return (Request) said;
  }

  private void assertUnreadable(String line, UnreadableReason reason) {
    assertThat(parser.parse(line)).isEqualTo(new Unreadable(reason));
  }
}
