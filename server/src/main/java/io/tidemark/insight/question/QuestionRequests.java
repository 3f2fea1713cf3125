package io.tidemark.insight.question;

import io.tidemark.platform.ClientGoneException;
import io.tidemark.platform.ClientPresence;
import io.tidemark.platform.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.exc.JacksonIOException;

/// Asks what came over HTTP, at whatever address. Thread-safe.
public final class QuestionRequests {

  private static final Logger LOG = LoggerFactory.getLogger(QuestionRequests.class);

  private final QuestionDesk desk;
  private final ExportRoom room;

  QuestionRequests(QuestionDesk desk, ExportRoom room) {
    this.desk = desk;
    this.room = room;
  }

  /// @return the answer, to be sent as JSON
  public Object ask(
      String document, boolean isExplained, HttpServletRequest request, Audience audience) {
    Asker asker = new Asker(audience, ClientPresence.of(request)::isGone);
    return isExplained ? desk.explain(document, asker) : desk.ask(document, asker);
  }

  /// For addresses that are about one person.
  ///
  /// @param parameter that says who is meant
  /// @throws io.tidemark.platform.ProblemException 403 `people_hidden`
  public static void requirePeople(String parameter, Audience audience) {
    if (!audience.showsPeople()) {
      throw HiddenPeople.problem(parameter);
    }
  }

  /// Whether the client wants no answer that was kept.
  public static boolean isNoCache(HttpServletRequest request) {
    return "no-cache".equalsIgnoreCase(request.getHeader(HttpHeaders.CACHE_CONTROL));
  }

  /// @throws ProblemException when rows alone are to be explained: they have no room for it
  public static void requireNotExplained(boolean isExplained) {
    if (isExplained) {
      throw ProblemException.invalidField(
          "explain", "explain goes with JSON: CSV holds the rows alone");
    }
  }

  /// Answers as CSV. When that fails after something was sent, the connection is closed without an
  /// end of the answer.
  ///
  /// @throws ProblemException 429 when too many are being sent already
  public void writeRows(
      String document,
      HttpServletRequest request,
      HttpServletResponse response,
      Audience audience) {
    room.enter(audience.isLink(), () -> send(document, request, response, audience));
  }

  private void send(
      String document,
      HttpServletRequest request,
      HttpServletResponse response,
      Audience audience) {
    ClientPresence client = ClientPresence.of(request);
    ResponseBody body = new ResponseBody(response, client);
    CsvRows rows = new CsvRows(body, body::head);
    try {
      desk.writeRows(document, new Asker(audience, body::isClientGone), rows);
      rows.close();
    } catch (ClientGoneException | JacksonIOException e) {
      throw e; // Nobody is left to be told.
    } catch (RuntimeException e) {
      if (!body.isBegun()) {
        throw e;
      }
      LOG.warn("An answer broke off after its first rows were sent", e);
      client.hangUp();
    }
  }
}
