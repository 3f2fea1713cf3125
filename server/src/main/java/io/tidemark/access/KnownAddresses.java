package io.tidemark.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/// Which addresses there are, so that who may not do something is not told so of an address that
/// there is not. Thread-safe.
final class KnownAddresses {

  /// Anything may be the name of a file.
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
    List<HandlerMapping> all = mappings.orderedStream().toList();
    for (HandlerMapping mapping : all) {
      if (answers(mapping, request)) {
        return true;
      }
    }
    return false;
  }

  private static boolean answers(HandlerMapping mapping, HttpServletRequest request)
      throws HttpRequestMethodNotSupportedException {
    try {
      HandlerExecutionChain found = mapping.getHandler(request);
      return found != null && !isForFiles(mapping, found.getHandler());
    } catch (HttpRequestMethodNotSupportedException otherMethod) {
      throw otherMethod;
    } catch (Exception otherType) {
      return true;
    }
  }

  private static boolean isForFiles(HandlerMapping mapping, Object handler) {
    return mapping instanceof AbstractUrlHandlerMapping byPath
        && handler.equals(byPath.getHandlerMap().get(ANYTHING));
  }
}
