package io.tidemark.insight.question;

import io.tidemark.access.Permission;
import io.tidemark.platform.ClientGoneException;
import io.tidemark.platform.ClientPresence;
import io.tidemark.platform.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
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

  /// @param who null for somebody who came with a link
  /// @return the answer, to be sent as JSON
  public Object ask(
      String document,
      boolean isExplained,
      HttpServletRequest request,
      @Nullable Authentication who) {
    Asker asker = asker(request, who);
    return isExplained ? desk.explain(document, asker) : desk.ask(document, asker);
  }

  /// @param who null for somebody who came with a link
  public static Asker asker(HttpServletRequest request, @Nullable Authentication who) {
    return new Asker(showsPeople(who), ClientPresence.of(request)::isGone);
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
      @Nullable Authentication who) {
    room.enter(who == null, () -> send(document, request, response, who));
  }

  private void send(
      String document,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication who) {
    ClientPresence client = ClientPresence.of(request);
    ResponseBody body = new ResponseBody(response, client);
    CsvRows rows = new CsvRows(body, body::head);
    try {
      desk.writeRows(document, new Asker(showsPeople(who), body::isClientGone), rows);
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

  private static boolean showsPeople(@Nullable Authentication who) {
    return Permission.SEE_PEOPLE.isGivenTo(who);
  }
}
