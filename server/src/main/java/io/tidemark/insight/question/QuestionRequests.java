package io.tidemark.insight.question;

import io.tidemark.access.Permission;
import io.tidemark.platform.ClientGoneException;
import io.tidemark.platform.ClientPresence;
import io.tidemark.platform.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;

/// Asks what came over HTTP, at whatever address. Thread-safe.
public final class QuestionRequests {

  private static final int MOST_BYTES = 64 * 1024;

  private final QuestionDesk desk;

  QuestionRequests(QuestionDesk desk) {
    this.desk = desk;
  }

  /// @return the document that a body holds
  /// @throws ProblemException 413 when it is too large
  public static String readDocument(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw ProblemException.of(
          HttpStatus.CONTENT_TOO_LARGE,
          "document_too_large",
          "A question has at most %d bytes".formatted(MOST_BYTES));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// @return the answer, to be sent as JSON
  public Object ask(
      String document, boolean isExplained, HttpServletRequest request, Authentication who) {
    Asker asker = new Asker(showsPeople(who), ClientPresence.of(request)::isGone);
    return isExplained ? desk.explain(document, asker) : desk.ask(document, asker);
  }

  /// Answers as CSV.
  ///
  /// @throws IOException if it broke off after something was sent: the connection is to be closed
  public void writeRows(
      String document, HttpServletRequest request, HttpServletResponse response, Authentication who)
      throws IOException {
    ResponseBody body = new ResponseBody(response, ClientPresence.of(request));
    CsvRows rows = new CsvRows(body, body::head);
    try {
      desk.writeRows(document, new Asker(showsPeople(who), body::isClientGone), rows);
      rows.close();
    } catch (ClientGoneException e) {
      throw e;
    } catch (RuntimeException e) {
      if (body.isBegun()) {
        throw new IOException("An answer broke off after its first rows were sent", e);
      }
      throw e;
    }
  }

  private static boolean showsPeople(Authentication who) {
    return Permission.SEE_PEOPLE.isGivenTo(who);
  }
}
