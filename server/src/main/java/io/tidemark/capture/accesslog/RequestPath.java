package io.tidemark.capture.accesslog;

import java.util.regex.Pattern;

/// What was asked for, without what belongs to one request or one person only.
///
/// @param page the path without query, fragment and path parameters (`;jsessionid=…`);
///   percent-encoding as it came; at most 200 characters
/// @param endpoint the same with `{id}` for every segment that is an id
record RequestPath(String page, String endpoint) {

  private static final int LONGEST = 200;
  private static final String ID = "{id}";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern NUMBER_OR_LONG_HEX = Pattern.compile("[0-9]+|[0-9a-fA-F]{16,}");
  private static final int UUID_LENGTH = 36;

  static RequestPath of(String target) {
    StringBuilder page = new StringBuilder();
    StringBuilder endpoint = new StringBuilder();
    String path = withoutQuery(withoutHost(target));
    int from = 0;
    // A path that is cut says nothing more after the cut, and a hostile one may be 64 KB.
    while (from <= path.length() && endpoint.length() <= LONGEST) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      String segment = withoutParameters(path.substring(from, end));
      boolean isMailAddress = isMailAddress(segment);
      page.append(isMailAddress ? ID : segment);
      endpoint.append(isMailAddress || isId(segment) ? ID : segment);
      if (slash >= 0) {
        page.append('/');
        endpoint.append('/');
      }
      from = end + 1;
    }
    return new RequestPath(bounded(page), bounded(endpoint));
  }

  /// `http://host/path` is asked of proxies, and by clients that take us for one.
  private static String withoutHost(String target) {
    int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
    if (scheme < 0) {
      return target;
    }
    int end = scheme + 3;
    while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    return target.startsWith("/", end) ? target.substring(end) : "/" + target.substring(end);
  }

  private static String withoutQuery(String target) {
    int end = 0;
    while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '#') {
      end++;
    }
    return target.substring(0, end);
  }

  private static String withoutParameters(String segment) {
    int semicolon = segment.indexOf(';');
    return semicolon < 0 ? segment : segment.substring(0, semicolon);
  }

  private static boolean isId(String segment) {
    return segment.length() == UUID_LENGTH
        ? UUID.matcher(segment).matches() || NUMBER_OR_LONG_HEX.matcher(segment).matches()
        : NUMBER_OR_LONG_HEX.matcher(segment).matches();
  }

  /// `/@name` is how sites write public profiles, and stays.
  private static boolean isMailAddress(String segment) {
    return segment.indexOf('@') > 0 || segment.indexOf("%40") > 0;
  }

  private static String bounded(StringBuilder path) {
    if (path.length() <= LONGEST) {
      return path.toString();
    }
    int end = LONGEST - 1;
    return path.substring(0, Character.isHighSurrogate(path.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
