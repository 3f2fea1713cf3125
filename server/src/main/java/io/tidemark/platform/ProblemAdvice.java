package io.tidemark.platform;

import java.sql.SQLException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.exc.JacksonIOException;

/// Every refusal and fault of the HTTP API as an RFC 9457 problem, in one place, whatever the
/// client accepts. What is refused before it gets here is answered by [ProblemValve].
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> problem(ProblemException problem) {
    ProblemDetail body = body(problem.status(), problem.code(), problem.detail());
    if (problem.field() != null) {
      body.setProperty("field", problem.field());
    }
    return answer(body, problem.retryAfterSeconds());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> wrongType(MethodArgumentTypeMismatchException mismatch) {
    Class<?> required = mismatch.getRequiredType();
    ProblemDetail body =
        body(
            HttpStatus.BAD_REQUEST,
            "invalid_parameter",
            "%s must be a valid %s"
                .formatted(
                    mismatch.getName(), required == null ? "value" : required.getSimpleName()));
    body.setProperty("field", mismatch.getName());
    return answer(body, 0);
  }

  /// A form that cannot be read; of an address it is found out before.
  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadableForm(InvalidParameterException form) {
    return problem(ProblemValve.unreadable(form));
  }

  /// What Spring Security takes for an attack. Its own words quote the request.
  @ExceptionHandler
  ResponseEntity<ProblemDetail> rejected(RequestRejectedException rejected) {
    return answer(
        body(
            HttpStatus.BAD_REQUEST,
            ProblemDocument.code(HttpStatus.BAD_REQUEST.value()),
            "A path must not hold ; \\ // . or .. as a part, and of what is percent-encoded no /, \\, % or"
                + " control character; nor may the value of a header hold a control character"),
        0);
  }

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ResponseEntity<ProblemDetail> database(NestedRuntimeException fault) {
    if (isAboutAValue(fault)) {
      LOG.warn("The database refused a value of a request: {}", describe(fault));
      return answer(
          body(
              HttpStatus.BAD_REQUEST,
              "invalid_parameter",
              "The database cannot take a value of this request"),
          0);
    }
    LOG.warn("A request failed because of the database: {}", describe(fault));
    return answer(
        body(
            HttpStatus.SERVICE_UNAVAILABLE,
            "database_unavailable",
            "The database could not answer"),
        5);
  }

  /// The client went away while it was answered: nobody is left to be told.
  @ExceptionHandler({JacksonIOException.class, ClientGoneException.class})
  void gone(RuntimeException gone) {
    LOG.debug("A client went away before it had its answer", gone);
  }

  /// A defect of ours: told without details, logged with all of them.
  @ExceptionHandler
  ResponseEntity<ProblemDetail> defect(RuntimeException defect) {
    LOG.error("A request failed; this is a defect", defect);
    return answer(
        body(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal_error",
            "Tidemark failed to answer; its log says why"),
        0);
  }

  /// What Spring refuses gets a code, and the parameter's name, as well.
  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (body instanceof ProblemDetail problem && problem.getProperties() == null) {
      problem.setProperty("code", ProblemDocument.code(status.value()));
    }
    HttpHeaders typed = new HttpHeaders();
    typed.putAll(headers);
    typed.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return super.createResponseEntity(body, typed, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException unknown,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(status, ProblemDocument.detail(404));
    return createResponseEntity(body, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException missing,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail body =
        body(
            HttpStatus.BAD_REQUEST,
            "missing_parameter",
            missing.getParameterName() + " is required");
    body.setProperty("field", missing.getParameterName());
    return createResponseEntity(body, headers, status, request);
  }

  /// SQLSTATE class 22, data exception: what was asked with, not what was asked of.
  private static boolean isAboutAValue(NestedRuntimeException fault) {
    return NestedExceptionUtils.getMostSpecificCause(fault) instanceof SQLException cause
        && cause.getSQLState() != null
        && cause.getSQLState().startsWith("22");
  }

  /// Without the message, which may quote values.
  private static String describe(NestedRuntimeException fault) {
    return NestedExceptionUtils.getMostSpecificCause(fault) instanceof SQLException cause
        ? cause.getClass().getSimpleName() + ", SQLSTATE " + cause.getSQLState()
        : fault.getClass().getSimpleName();
  }

  private static ProblemDetail body(HttpStatus status, String code, String detail) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
    body.setProperty("code", code);
    return body;
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail body, int retryAfterSeconds) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(body.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (retryAfterSeconds > 0) {
      answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
    }
    return answer.body(body);
  }
}
