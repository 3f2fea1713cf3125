package io.tidemark.platform;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Answers with a problem (RFC 9457) what is refused before or beside the controllers: what Tomcat
/// cannot read (it routes such requests here, marked as failed), what filters refuse by a status
/// alone, and what this valve refuses itself because those behind it would stumble over it.
///
/// Nothing of such a request is logged: an address may hold ids of people, keys and tokens.
final class ProblemValve extends ErrorReportValve {

  /// What HTTP defines and Spring knows. TRACE and CONNECT are refused by Tomcat.
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final String PREFIX = "X-Forwarded-Prefix";

  /// Made part of the path, so it must be one.
  private static final Pattern PATHS = Pattern.compile("[\\w/.~!$&'()*+,;=:@ -]*");

  /// The message is all that tells this fault of a request from its others.
  private static final String TOO_LARGE =
      StringManager.getManager(Http11InputBuffer.class)
          .getString("iib.requestheadertoolarge.error");

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (!response.isError()) {
      try {
        check(request);
      } catch (ProblemException refusal) {
        write(ProblemDocument.of(refusal), response);
        return;
      }
    }
    super.invoke(request, response);
    if (isRefusedWithoutAWord(response)) {
      write(ProblemDocument.ofStatus(response.getStatus()), response);
    }
  }

  /// Some of those behind set a status and leave it at that.
  private static boolean isRefusedWithoutAWord(Response response) {
    return response.getStatus() >= HttpStatus.BAD_REQUEST.value()
        && !response.isCommitted()
        && !response.isError()
        && response.getContentWritten() == 0;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable fault) {
    if (response.getStatus() < HttpStatus.BAD_REQUEST.value()
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    AtomicBoolean isIoAllowed = new AtomicBoolean(false);
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, isIoAllowed);
    if (!isIoAllowed.get()) {
      return;
    }
    try {
      write(problem(request, response.getStatus(), fault), response);
    } catch (IOException gone) {
      container.getLogger().debug("A client went away before it had its answer", gone);
    }
  }

  private static void check(Request request) {
    if (!METHODS.contains(request.getMethod())) {
      throw ProblemException.of(
          HttpStatus.NOT_IMPLEMENTED,
          "not_implemented",
          "There are the methods GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS");
    }
    QueryString.names(request.getQueryString());
    String prefix = request.getHeader(PREFIX);
    if (prefix != null && !PATHS.matcher(prefix).matches()) {
      throw ProblemException.invalidField(PREFIX, PREFIX + " must be a path");
    }
  }

  /// Tomcat says 400 to all that it cannot read.
  private static ProblemDocument problem(Request request, int status, @Nullable Throwable fault) {
    if (fault instanceof InvalidParameterException form) {
      return ProblemDocument.of(unreadable(form));
    }
    if (status == HttpStatus.BAD_REQUEST.value() && isTooLarge(fault)) {
      boolean isWithinAddress = request.getCoyoteRequest().requestURI().isNull();
      return ProblemDocument.ofStatus(
          isWithinAddress
              ? HttpStatus.URI_TOO_LONG.value()
              : HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.value());
    }
    return ProblemDocument.ofStatus(status);
  }

  /// The one form there is has one field. Its address was read before.
  static ProblemException unreadable(InvalidParameterException form) {
    return form.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value()
        ? ProblemException.of(
            HttpStatus.CONTENT_TOO_LARGE, "body_too_large", "A form has at most 8 KB")
        : ProblemException.invalidField("token", "token must be percent-encoded UTF-8");
  }

  /// Too many headers are the one thing that is told by an `IllegalStateException`.
  private static boolean isTooLarge(@Nullable Throwable fault) {
    return fault instanceof IllegalStateException
        || (fault != null && TOO_LARGE.equals(fault.getMessage()));
  }

  private static void write(ProblemDocument problem, Response response) throws IOException {
    response.setStatus(problem.status());
    response.setContentType(ProblemDocument.MEDIA_TYPE);
    response.setHeader("X-Content-Type-Options", "nosniff");
    PrintWriter body = response.getReporter();
    if (body != null) {
      problem.write(body);
      response.finishResponse();
    }
  }
}
