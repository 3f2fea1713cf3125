package io.tidemark.insight.funnel;

import io.tidemark.insight.funnel.FunnelPeopleAnswer.FunnelPerson;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Answerer;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.question.QuestionKind;
import io.tidemark.insight.question.RowSink;
import io.tidemark.insight.question.WeightClass;
import io.tidemark.insight.walk.Micros;
import io.tidemark.insight.walk.ValueNumbers;
import io.tidemark.platform.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Says who is behind a step. Thread-safe.
final class FunnelPeopleAnswerer implements Answerer<FunnelPeopleQuestion, FunnelPeopleAnswer> {

  private static final QuestionKind<FunnelPeopleQuestion, FunnelPeopleAnswer> KIND =
      new QuestionKind<>(
          "funnel-people",
          "The people behind a step of a funnel: who took it, or who did not",
          FunnelPeopleQuestion.class,
          FunnelPeopleAnswer.class,
          WeightClass.ANALYTICS,
          List.of(
              """
              {"question": "funnel-people", "step": 2, "outcome": "dropped",
               "funnel": {"from": "-P7D", "steps": [{"step": "page_visit"}, {"step": "image_upload"}]}}
              """));

  private static final long NOBODY = 0;
  private static final int NAMED_AT_ONCE = 5_000;

  private final FunnelEngine engine;
  private final PersonNameReader names;

  FunnelPeopleAnswerer(FunnelEngine engine, PersonNameReader names) {
    this.engine = engine;
    this.names = names;
  }

  @Override
  public QuestionKind<FunnelPeopleQuestion, FunnelPeopleAnswer> kind() {
    return KIND;
  }

  @Override
  public FunnelPeopleAnswer answer(FunnelPeopleQuestion question, Asking asking) {
    Funnel funnel = funnel(question, asking);
    FunnelWalk walk = engine.walk(funnel, new ValueNumbers(), asking.course());
    List<Integer> units = units(question, walk);
    long people = people(units, walk);
    int shown = asking.mayList(people) ? Math.min(question.shown(), units.size()) : 0;
    return new FunnelPeopleAnswer(
        head(funnel, question, asking).ofList(people, asking),
        funnel.steps().get(question.step() - 1).label(),
        question.outcome(),
        units.size(),
        people(walk, units.subList(0, shown), asking));
  }

  @Override
  public void writeRows(FunnelPeopleQuestion question, Asking asking, RowSink rows) {
    Funnel funnel = funnel(question, asking);
    FunnelWalk walk = engine.walk(funnel, new ValueNumbers(), asking.course());
    List<Integer> units = units(question, walk);
    long people = people(units, walk);
    rows.head(head(funnel, question, asking).ofList(people, asking));
    rows.columns("person", "is_known", "began_at", "reached", "seconds");
    if (!asking.mayList(people)) {
      return;
    }
    for (int from = 0; from < units.size(); from += NAMED_AT_ONCE) {
      List<Integer> some = units.subList(from, Math.min(from + NAMED_AT_ONCE, units.size()));
      for (FunnelPerson person : people(walk, some, asking)) {
        rows.row(
            person.person(),
            person.isKnown(),
            person.beganAt(),
            person.reached(),
            person.seconds());
      }
    }
  }

  private Funnel funnel(FunnelPeopleQuestion question, Asking asking) {
    Funnel funnel = engine.funnel(question.funnel(), asking);
    if (question.step() > funnel.steps().size()) {
      throw ProblemException.invalidField(
          "step",
          "step must be the number of one of the %d steps".formatted(funnel.steps().size()));
    }
    return funnel.withoutBreakdown();
  }

  private static AnswerHead head(Funnel funnel, FunnelPeopleQuestion question, Asking asking) {
    return AnswerHead.ofDetail(funnel.range(), Asking.zone(question.funnel().zone()), asking);
  }

  /// Who began last stands first.
  private static List<Integer> units(FunnelPeopleQuestion question, FunnelWalk walk) {
    FunnelProgress progress = walk.progress();
    return IntStream.range(0, progress.units())
        .filter(unit -> question.outcome().isOf(question.step(), progress.reached(unit)))
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(unit -> -progress.bestBegan(unit))
                .thenComparingLong(walk::person))
        .toList();
  }

  /// How many people these are; each session of nobody may be of another.
  private static long people(List<Integer> units, FunnelWalk walk) {
    long nameless = units.stream().filter(unit -> walk.person(unit) == NOBODY).count();
    long named =
        units.stream().mapToLong(walk::person).filter(key -> key != NOBODY).distinct().count();
    return named + nameless;
  }

  private List<FunnelPerson> people(FunnelWalk walk, List<Integer> units, Asking asking) {
    Map<Long, PersonNameReader.Called> known =
        names.readNames(units.stream().map(walk::person).distinct().toList());
    FunnelProgress progress = walk.progress();
    return units.stream()
        .map(unit -> {
          PersonNameReader.Called called = known.get(walk.person(unit));
          int reached = progress.reached(unit);
          return new FunnelPerson(
              called == null ? null : asking.nameOf(walk.person(unit), called.name()),
              called == null ? null : called.isKnown(),
              Micros.instant(progress.bestBegan(unit)),
              reached,
              progress.quickest(unit, reached - 1) / 1e6);
        })
        .toList();
  }
}
