package io.tidemark.capture.accesslog;

import io.tidemark.capture.accesslog.AccessLogLine.Request;
import io.tidemark.record.ApiCall;
import io.tidemark.record.Fact;
import io.tidemark.record.FactOrigin;
import io.tidemark.record.Person;
import io.tidemark.record.RecordIdentity;
import io.tidemark.record.UserEvent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes records of the requests of one log, in the order of its lines: an API call of each, and a
/// page view of those by which a person looked at a page. The same log gives the same identities
/// again. Not thread-safe.
public final class AccessLogRecords {

  /// The type of the events made here.
  public static final String PAGE_VIEW = "page_view";

  /// About 20 MB, and more than any server answers in the few seconds that equal lines lie apart.
  private static final int REMEMBERED_LINES = 100_000;

  private final Pseudonyms pseudonyms;
  private final LineOccurrences occurrences = new LineOccurrences(REMEMBERED_LINES);

  /// @param salt secret of the installation that pseudonyms are keyed with
  public AccessLogRecords(UUID salt) {
    this.pseudonyms = new Pseudonyms(salt);
  }

  /// The records of the next line.
  ///
  /// @param line without its line end
  /// @param request what the line says
  /// @return the API call, followed by the page view where there is one
  public List<Fact> of(String line, Request request) {
    String lineHash = pseudonyms.line(line);
    String id = "access-log:" + lineHash + ":" + occurrences.next(lineHash);
    RequestPath path = RequestPath.of(request.target());
    boolean isRobot = PageViewPolicy.isRobot(request.agent());
    // Robots are nobody: counted as people, they would outnumber them.
    Person person = isRobot ? null : person(request);
    ApiCall call =
        new ApiCall(
            origin(request, id + ":call", person, null),
            path.endpoint(),
            request.method(),
            request.statusCode(),
            request.responseTimeMillis(),
            null);
    if (isRobot || !PageViewPolicy.isPage(request, path)) {
      return List.of(call);
    }
    FactOrigin viewOrigin = origin(request, id + ":view", person, referrer(request.referrer()));
    return List.of(call, new UserEvent(viewOrigin, PAGE_VIEW, path.page()));
  }

  private static FactOrigin origin(
      Request request, String id, @Nullable Person person, @Nullable String properties) {
    RecordIdentity identity = RecordIdentity.of(id, request.at());
    return new FactOrigin(request.at(), identity, person, null, properties);
  }

  private @Nullable Person person(Request request) {
    return request.address() == null
        ? null
        : Person.anonymous(pseudonyms.person(request.address(), request.agent()));
  }

  private static @Nullable String referrer(@Nullable String referrer) {
    if (referrer == null) {
      return null;
    }
    return ReferrerHost.find(referrer)
        .map(host -> "{\"referrer_host\":\"" + host + "\"}")
        .orElse(null);
  }
}
