package io.tidemark.insight.funnel;

import io.tidemark.insight.InsightProperties;
import io.tidemark.insight.TimeRange;
import io.tidemark.insight.question.AnswerHead;
import io.tidemark.insight.question.Asking;
import io.tidemark.insight.select.Breakdown;
import io.tidemark.insight.select.EventSelector;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Walks the rows of a funnel. Thread-safe.
final class FunnelEngine {

  private static final Duration SPAN = Duration.ofDays(30);

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
  FunnelWalk walk(Funnel funnel, FunnelValues values) {
    FunnelWalk walk = new FunnelWalk(funnel.rules(), values::lesser);
    reader.read(funnel, values, walk::take);
    return walk;
  }

  FunnelAnswer answer(Funnel funnel, ZoneId zone, Asking asking) {
    FunnelValues values = new FunnelValues();
    FunnelProgress progress = walk(funnel, values).progress();
    List<String> labels = funnel.steps().stream().map(EventSelector::label).toList();
    Breakdown breakdown = funnel.breakdown();
    return new FunnelAnswer(
        AnswerHead.ofDetail(funnel.range(), zone, asking),
        funnel.unit(),
        funnel.window(),
        FunnelStepResult.of(labels, progress, IntStream.range(0, progress.units()).toArray()),
        breakdown == null
            ? List.of()
            : FunnelGroup.of(labels, progress, values, breakdown.shown()));
  }
}
