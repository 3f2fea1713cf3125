package io.tidemark.insight.funnel;

import io.tidemark.insight.Course;
import io.tidemark.insight.Freshness;
import io.tidemark.insight.InsightProperties;
import io.tidemark.insight.TimeAgo;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import io.tidemark.insight.walk.LookBack;
import io.tidemark.insight.walk.PairIndex;
import io.tidemark.insight.walk.ValueNumbers;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Walks the rows of a funnel. Thread-safe.
final class FunnelEngine {

  private static final TimeAgo SPAN = TimeAgo.parse("-P30D");

  private final FunnelReader reader;
  private final InsightProperties settings;

  FunnelEngine(FunnelReader reader, InsightProperties settings) {
    this.reader = reader;
    this.settings = settings;
  }

  /// What a question asks for, with what it leaves to settings.
  Funnel funnel(FunnelQuestion question, Asking asking) {
    TimeRange range =
        asking.range(question.from(), question.to(), Asking.zone(question.zone()), SPAN);
    FunnelQuestion complete =
        question.completed(
            settings.funnelSteps().stream().map(EventSelector::step).toList(),
            settings.funnelWindow());
    return new Funnel(
        range,
        Objects.requireNonNull(complete.unit()),
        complete.steps(),
        Objects.requireNonNull(complete.window()),
        Objects.requireNonNull(complete.strict()),
        complete.exclude(),
        complete.breakdown());
  }

  /// Who came how far.
  ///
  /// @param values numbers the values of the breakdown
  FunnelWalk walk(Funnel funnel, ValueNumbers values, Course course) {
    FunnelWalk walk = walkRows(funnel, values, course);
    Breakdown breakdown = funnel.breakdown();
    if (breakdown != null && breakdown.ofPerson()) {
      setValuesOfPeople(breakdown, walk, values);
    }
    return walk;
  }

  private FunnelWalk walkRows(Funnel funnel, ValueNumbers values, Course course) {
    if (funnel.unit() == FunnelUnit.PERSON) {
      return walk(funnel, values, course, funnel.range().from(), false);
    }
    FunnelWalk walk = walkSessions(funnel, values, course, false);
    return walk.hasLongSilence() ? walkSessions(funnel, values, course, true) : walk;
  }

  private FunnelWalk walkSessions(
      Funnel funnel, ValueNumbers values, Course course, boolean readsAllOfSessions) {
    return LookBack.read(
        funnel.range().from(),
        start -> walk(funnel, values, course, start, readsAllOfSessions),
        FunnelWalk::isSettled);
  }

  private FunnelWalk walk(
      Funnel funnel,
      ValueNumbers values,
      Course course,
      Instant start,
      boolean readsAllOfSessions) {
    FunnelWalk walk = new FunnelWalk(funnel.rules(), values, LookBack.settled(start));
    reader.read(funnel, new TimeRange(start, funnel.end()), readsAllOfSessions, course, walk::take);
    return walk;
  }

  FunnelAnswer answer(Funnel funnel, ZoneId zone, Asking asking) {
    ValueNumbers values = new ValueNumbers();
    FunnelWalk walk = walk(funnel, values, asking.course());
    FunnelProgress progress = walk.progress();
    List<String> labels = funnel.steps().stream().map(EventSelector::label).toList();
    Breakdown breakdown = funnel.breakdown();
    return new FunnelAnswer(
        AnswerHead.of(funnel.range(), zone, Freshness.ofDetail(asking.now()), walk.isSettled()),
        funnel.unit(),
        funnel.window(),
        FunnelStepResult.of(labels, progress, IntStream.range(0, progress.units()).toArray()),
        breakdown == null
            ? List.of()
            : FunnelGroup.of(labels, progress, values, breakdown.shown()));
  }

  private void setValuesOfPeople(Breakdown breakdown, FunnelWalk walk, ValueNumbers values) {
    FunnelProgress progress = walk.progress();
    int[] began =
        IntStream.range(0, progress.units()).filter(unit -> progress.reached(unit) > 0).toArray();
    PairIndex people = new PairIndex();
    IntStream.of(began).forEach(unit -> people.number(walk.person(unit), 0));
    int[] valueOf = new int[people.size()];
    Arrays.fill(valueOf, values.number(null));
    reader.readValues(
        breakdown,
        IntStream.range(0, people.size()).mapToLong(people::first).toArray(),
        (person, value) -> valueOf[people.number(person, 0)] = values.number(value));
    for (int unit : began) {
      progress.setValue(unit, valueOf[people.number(walk.person(unit), 0)]);
    }
  }
}
