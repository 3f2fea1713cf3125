package io.tidemark.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses a parameter that an address does not know, and one that is given twice where one is
/// meant: a misspelling would be answered with something else than was asked for. What an address
/// knows is what its method declares. Thread-safe.
final class DeclaredParameters implements HandlerInterceptor {

  private static final String OURS = "io.tidemark.";

  /// Programs that record send their key in the address. Where it opens nothing it is no mistake.
  private static final String KEY = "key";

  private final ParameterNameDiscoverer discoverer = new DefaultParameterNameDiscoverer();

  /// For each method the names, and whether a parameter may be given more than once.
  private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && method.getBeanType().getName().startsWith(OURS)) {
      check(
          QueryString.names(request.getQueryString()),
          known.computeIfAbsent(method.getMethod(), declared -> read(method)));
    }
    return true;
  }

  private static void check(List<String> names, Map<String, Boolean> known) {
    List<String> unknown =
        names.stream()
            .filter(name -> !known.containsKey(name) && !name.equals(KEY))
            .distinct()
            .toList();
    if (!unknown.isEmpty()) {
      throw ProblemException.invalidField(
          unknown.getFirst(),
          "%s %s unknown; there %s"
              .formatted(
                  String.join(", ", unknown),
                  unknown.size() == 1 ? "is" : "are",
                  known.isEmpty()
                      ? "are no parameters here"
                      : "are " + String.join(", ", new TreeSet<>(known.keySet()))));
    }
    for (int place = 0; place < names.size(); place++) {
      String name = names.get(place);
      if (names.indexOf(name) < place && !known.getOrDefault(name, false)) {
        throw ProblemException.invalidField(name, name + " must be given once");
      }
    }
  }

  private Map<String, Boolean> read(HandlerMethod method) {
    Map<String, Boolean> declared = new LinkedHashMap<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation != null) {
        parameter.initParameterNameDiscovery(discoverer);
        String name =
            annotation.name().isEmpty()
                ? String.valueOf(parameter.getParameterName())
                : annotation.name();
        declared.put(
            name,
            parameter.getParameterType().isArray()
                || Collection.class.isAssignableFrom(parameter.getParameterType()));
      }
    }
    return declared;
  }
}
