package io.tidemark.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.jspecify.annotations.Nullable;

/// Which addresses there are, so that who may not do something is not told so of an address that
/// there is not. Thread-safe.
final class KnownAddresses {

  /// Files: anything may be one.
  private static final String ANYTHING = "/**";

  private final ObjectProvider<HandlerMapping> mappings;

  /// @param mappings asked for late: they are made after the rules of access
  KnownAddresses(ObjectProvider<HandlerMapping> mappings) {
    this.mappings = mappings;
  }

  /// Whether somebody answers at the address.
  ///
  /// @throws HttpRequestMethodNotSupportedException when it is answered there, but not this method
  boolean contains(HttpServletRequest request) throws HttpRequestMethodNotSupportedException {
    ServletRequestPathUtils.parseAndCache(request);
    List<HandlerMapping> asked = mappings.orderedStream().toList();
    for (HandlerMapping mapping : asked) {
      if (answers(mapping, request)) {
        return true;
      }
    }
    return false;
  }

  private static boolean answers(HandlerMapping mapping, HttpServletRequest request)
      throws HttpRequestMethodNotSupportedException {
    try {
      @Nullable HandlerExecutionChain found = mapping.getHandler(request);
      return found != null
          && !ANYTHING.equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    } catch (HttpRequestMethodNotSupportedException otherMethod) {
      throw otherMethod;
    } catch (Exception otherType) {
      return true;
    }
  }
}
