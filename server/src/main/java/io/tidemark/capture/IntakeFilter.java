package io.tidemark.capture;

import com.github.benmanes.caffeine.cache.Ticker;
import io.tidemark.access.AuthenticatedKey;
import io.tidemark.access.RecordingAccess;
import io.tidemark.ingest.RefusalLog;
import io.tidemark.platform.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Answers everything at `/api/v1/batch`, before any other filter and without a controller: this is
/// the path that everything comes in by, and what else a request passes through costs more than
/// storing a record does. What goes wrong becomes an answer where every other problem does.
/// Thread-safe.
final class IntakeFilter extends HttpFilter {

  static final String PATH = "/api/v1/batch";

  private static final long serialVersionUID = 1L;

  /// What a whole request is counted as in the reject log: nobody knows what was in it.
  private static final String WHOLE_REQUEST = "request";

  private static final JsonFactory JSON = JsonFactory.builder().build();
  private static final String LINES = "application/x-ndjson";
  private static final String POST = "POST";

  /// How a request is counted whose client went away before it was answered: nginx's number for it.
  private static final int BROKEN_OFF = 499;

  private final transient RecordingAccess access;
  private final transient FairUse fairUse;
  private final transient NativeCapture capture;
  private final transient IntakeMemory memory;
  private final transient RefusalLog refusals;
  private final transient IntakeMetrics metrics;
  private final transient HandlerExceptionResolver problems;
  private final transient Duration bodyTimeout;

  IntakeFilter(
      RecordingAccess access,
      FairUse fairUse,
      NativeCapture capture,
      IntakeMemory memory,
      RefusalLog refusals,
      IntakeMetrics metrics,
      HandlerExceptionResolver problems,
      Duration bodyTimeout) {
    this.access = access;
    this.fairUse = fairUse;
    this.capture = capture;
    this.memory = memory;
    this.refusals = refusals;
    this.metrics = metrics;
    this.problems = problems;
    this.bodyTimeout = bodyTimeout;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain others)
      throws IOException {
    long startedAt = System.nanoTime();
    TimedInput body =
        new TimedInput(request.getInputStream(), memory, bodyTimeout, Ticker.systemTicker());
    int status = BROKEN_OFF;
    try {
      Optional<AuthenticatedKey> key = access.admit(request, response);
      if (key.isPresent()) {
        store(request, response, body, key.get());
      }
      status = response.getStatus();
    } catch (HttpRequestMethodNotSupportedException | RuntimeException refusal) {
      answerProblem(request, response, body, refusal);
      status = response.getStatus();
    } finally {
      metrics.countRequest(request.getMethod(), status, System.nanoTime() - startedAt);
    }
  }

  private void store(
      HttpServletRequest request,
      HttpServletResponse response,
      TimedInput body,
      AuthenticatedKey key)
      throws IOException, HttpRequestMethodNotSupportedException {
    if (!POST.equals(request.getMethod())) {
      throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of(POST));
    }
    BatchAnswer answer;
    try (IntakeMemory.Share share = memory.open()) {
      fairUse.admitRequest(key);
      byte[] content = BodyReader.read(body, request.getContentLengthLong(), share);
      answer = capture.record(content, isLines(request.getContentType()), key, share);
    } catch (ProblemException refusal) {
      if (refusal.status().is4xxClientError()) {
        refusals.count(key.name(), WHOLE_REQUEST, refusal.code(), refusal.detail());
      }
      throw refusal;
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), response.getOutputStream())) {
      answer.write(json);
    }
  }

  /// What was sent is read to its end, so that the answer reaches a client that sends first and
  /// reads then; but not from one that waits to be told to send, nor from one whose time is up.
  private void answerProblem(
      HttpServletRequest request, HttpServletResponse response, TimedInput body, Exception problem)
      throws IOException {
    boolean isRead = request.getInputStream().isFinished();
    boolean isToBeRead = !isRead && !body.isLate() && request.getHeader(HttpHeaders.EXPECT) == null;
    if (!isRead && !isToBeRead) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    problems.resolveException(request, response, null, problem);
    if (isToBeRead) {
      response.flushBuffer();
      body.discard(BodyReader.LARGEST_INFLATED_BYTES);
    }
  }

  private static boolean isLines(@Nullable String contentType) {
    return contentType != null && contentType.regionMatches(true, 0, LINES, 0, LINES.length());
  }
}
