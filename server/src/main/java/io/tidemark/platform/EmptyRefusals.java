package io.tidemark.platform;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/// Gives a problem to refusals that have no body, as those of the actuator.
@RestControllerAdvice
final class EmptyRefusals implements ResponseBodyAdvice<Object> {

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType contentType,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (body != null || !(response instanceof ServletServerHttpResponse servlet)) {
      return body;
    }
    int status = servlet.getServletResponse().getStatus();
    if (status < HttpStatus.BAD_REQUEST.value()) {
      return null;
    }
    response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    ProblemDetail problem = ProblemDetail.forStatus(status);
    problem.setDetail(ProblemDocument.detail(status));
    problem.setProperty("code", ProblemDocument.code(status));
    return problem;
  }
}
