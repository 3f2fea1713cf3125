package io.tidemark.platform;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What was refused before it reached us (a broken request, a firewall rule, a body that stopped
/// coming) as a problem too.
@RestController
@Hidden
final class ProblemErrorController implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer told
            ? told
            : HttpStatus.NOT_FOUND.value();
    ProblemDetail body = ProblemDetail.forStatus(status);
    body.setProperty("code", code(status));
    return ResponseEntity.status(status).body(body);
  }

  /// The name of the status: `not_found`, `method_not_allowed`, …
  static String code(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    return known == null ? "status_" + status : known.name().toLowerCase(Locale.ROOT);
  }
}
