package io.tidemark.access;

import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.UNAUTHORIZED;

import io.tidemark.platform.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.NestedRuntimeException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// What is answered to those who may not. Handed to the place where every other problem becomes an
/// answer.
final class AccessProblems {

  private final HandlerExceptionResolver answers;
  private final KnownAddresses addresses;

  AccessProblems(HandlerExceptionResolver answers, KnownAddresses addresses) {
    this.answers = answers;
    this.addresses = addresses;
  }

  static ProblemException keyMissing() {
    return ProblemException.of(
        UNAUTHORIZED,
        "key_missing",
        "Send a key as Authorization: Bearer KEY, or sign in with a link from ./tidemark sign-in");
  }

  static ProblemException keyUnknown() {
    return ProblemException.of(
        UNAUTHORIZED, "key_unknown", "There is no such key, or it has been revoked");
  }

  static ProblemException keyMayNot() {
    return ProblemException.of(
        FORBIDDEN,
        "key_may_not",
        "This key may not do that: write keys record, read and people keys ask, secret keys do both");
  }

  /// Bearer alone: a challenge for Basic would make browsers ask for a name and a password.
  static void challenge(HttpServletResponse response) {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
  }

  void answerKeyMissing(HttpServletRequest request, HttpServletResponse response) {
    challenge(response);
    answer(request, response, keyMissing());
  }

  void answerKeyUnknown(HttpServletRequest request, HttpServletResponse response) {
    challenge(response);
    answer(request, response, keyUnknown());
  }

  void answerLinkUsedUp(HttpServletRequest request, HttpServletResponse response) {
    answer(
        request,
        response,
        ProblemException.of(
            UNAUTHORIZED,
            "link_used_up",
            "The link was used already or has expired; ./tidemark sign-in prints a new one"));
  }

  /// To who is known and may not: nobody may do what there is not.
  void answerDenied(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied) {
    answer(
        request,
        response,
        denied instanceof CsrfException
            ? ProblemException.of(
                FORBIDDEN,
                "forgery_suspected",
                "Send the value of the cookie XSRF-TOKEN in the header X-XSRF-TOKEN")
            : whyDenied(request));
  }

  private Exception whyDenied(HttpServletRequest request) {
    try {
      return addresses.contains(request)
          ? keyMayNot()
          : new NoResourceFoundException(
              HttpMethod.valueOf(request.getMethod()), request.getRequestURI(), "");
    } catch (HttpRequestMethodNotSupportedException otherMethod) {
      return otherMethod;
    }
  }

  /// To a request that Spring Security takes for an attack.
  void answerRejected(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected) {
    answer(request, response, rejected);
  }

  void answerDatabaseFault(
      HttpServletRequest request, HttpServletResponse response, NestedRuntimeException fault) {
    answer(request, response, fault);
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, Exception problem) {
    answers.resolveException(request, response, null, problem);
  }
}
