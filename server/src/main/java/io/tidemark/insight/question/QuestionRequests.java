package io.tidemark.insight.question;

import io.tidemark.access.Permission;
import io.tidemark.platform.ClientGoneException;
import io.tidemark.platform.ClientPresence;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/// Asks what came over HTTP, at whatever address. Thread-safe.
public final class QuestionRequests {

  private final QuestionDesk desk;

  QuestionRequests(QuestionDesk desk) {
    this.desk = desk;
  }

  /// @param who null for somebody who came with a link
  /// @return the answer, to be sent as JSON
  public Object ask(
      String document,
      boolean isExplained,
      HttpServletRequest request,
      @Nullable Authentication who) {
    Asker asker = new Asker(showsPeople(who), ClientPresence.of(request)::isGone);
    return isExplained ? desk.explain(document, asker) : desk.ask(document, asker);
  }

  /// Answers as CSV.
  ///
  /// @throws IOException if it broke off after something was sent: the connection is to be closed
  public void writeRows(
      String document,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication who)
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

  private static boolean showsPeople(@Nullable Authentication who) {
    return Permission.SEE_PEOPLE.isGivenTo(who);
  }
}
