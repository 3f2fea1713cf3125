package io.tidemark.insight.journey;

import io.tidemark.insight.PersonReader;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.journey.JourneyAnswer.Moment;
import io.tidemark.insight.journey.JourneyReader.KnownPerson;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import io.tidemark.platform.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Answers what one person did, or what happened in one session. Thread-safe.
final class JourneyAnswerer implements Answerer<JourneyQuestion, JourneyAnswer> {

  private static final TimeAgo SPAN = TimeAgo.parse("-P7D");

  private static final QuestionKind<JourneyQuestion, JourneyAnswer> KIND =
      new QuestionKind<>(
          "journey",
          "What one person did, or what happened in one session, with its API calls and metrics",
          JourneyQuestion.class,
          JourneyAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "journey", "person": "user-003", "from": "-P7D", "zone": "Europe/Berlin"}
              """,
              """
              {"question": "journey", "session": "s-3", "from": "2026-10-01", "to": "2026-10-08", "limit": 100}
              """));

  private final PersonReader people;
  private final JourneyReader reader;

  JourneyAnswerer(PersonReader people, JourneyReader reader) {
    this.people = people;
    this.reader = reader;
  }

  @Override
  public QuestionKind<JourneyQuestion, JourneyAnswer> kind() {
    return KIND;
  }

  @Override
  public JourneyAnswer answer(JourneyQuestion question, Asking asking) {
    TimeRange range = range(question, asking);
    ZoneId zone = Asking.zone(question.zone());
    Optional<KnownPerson> person =
        Optional.ofNullable(question.person())
            .flatMap(name -> people.find(name, question.anonymous()))
            .flatMap(found -> reader.findPerson(found.userKey(), zone));
    List<Moment> read = read(question, person, range, question.most() + 1, zone);
    boolean isCut = read.size() > question.most();
    return new JourneyAnswer(
        AnswerHead.ofDetail(range, zone, asking),
        person.map(KnownPerson::traveller).orElse(null),
        isCut ? beforeLastInstant(read) : read,
        isCut ? read.getLast().at() : null);
  }

  @Override
  public void writeRows(JourneyQuestion question, Asking asking, RowSink rows) {
    JourneyAnswer answer = answer(question, asking);
    rows.head(answer.head());
    rows.columns(
        "at",
        "kind",
        "name",
        "session_id",
        "page",
        "effect_id",
        "value",
        "unit",
        "method",
        "status_code",
        "response_time_ms",
        "cache_hit",
        "properties");
    for (Moment moment : answer.moments()) {
      rows.row(
          moment.at().toString(),
          moment.kind(),
          moment.name(),
          moment.sessionId(),
          moment.page(),
          moment.effectId(),
          moment.value(),
          moment.unit(),
          moment.method(),
          moment.statusCode(),
          moment.responseTimeMs(),
          moment.cacheHit(),
          moment.properties());
    }
  }

  private static TimeRange range(JourneyQuestion question, Asking asking) {
    TimeRange range = asking.range(question.from(), question.to(), question.zone(), SPAN);
    Instant since = question.since();
    if (since == null || since.isBefore(range.from())) {
      return range;
    }
    if (!since.isBefore(range.to())) {
      throw ProblemException.invalidField("since", "since must be before to");
    }
    return new TimeRange(since, range.to());
  }

  private List<Moment> read(
      JourneyQuestion question,
      Optional<KnownPerson> person,
      TimeRange range,
      int most,
      ZoneId zone) {
    String session = question.session();
    if (session != null) {
      return reader.readOfSession(session, range, most, zone);
    }
    return person
        .map(known -> reader.readOfPerson(known.userKey(), range, most, zone))
        .orElse(List.of());
  }

  /// Whole instants only, so that whoever asks on from the next one misses nothing.
  private static List<Moment> beforeLastInstant(List<Moment> moments) {
    OffsetDateTime last = moments.getLast().at();
    List<Moment> before = moments.stream().filter(moment -> moment.at().isBefore(last)).toList();
    if (before.isEmpty()) {
      throw ProblemException.invalidField(
          "limit", "more than that happened at one instant; ask with a higher limit");
    }
    return before;
  }
}
