package io.tidemark.platform;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.exc.JacksonIOException;

/// Every refusal and fault of the HTTP API as an RFC 9457 problem, in one place.
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

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ResponseEntity<ProblemDetail> database(NestedRuntimeException fault) {
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
      problem.setProperty("code", ProblemErrorController.code(status.value()));
    }
    return super.createResponseEntity(body, headers, status, request);
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
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(body.getStatus());
    if (retryAfterSeconds > 0) {
      answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
    }
    return answer.body(body);
  }
}
