package io.tidemark.bench.questions;

import io.tidemark.bench.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks both, one after the other, round after round, each round about another range: so no answer
/// can be one that was given before, but where the question is saved. Who is asked first changes
/// with every round. Not thread-safe.
///
/// @param asksReport whether the report's schema is asked too
/// @param end of the range in each round, counted from 0
/// @param users who are asked about
/// @param longest no further round of a question begins after that, but three are asked
record QuestionRun(
    TidemarkApi api,
    SqlQuestions sql,
    boolean asksReport,
    IntFunction<Instant> end,
    List<String> users,
    RandomGenerator random,
    int rounds,
    Duration longest,
    Progress progress) {

  private static final int WARM_UP_ROUNDS = 2;
  private static final int FEWEST_ROUNDS = 3;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Pattern LAG = Pattern.compile("\"lag_ms\":\\s*(\\d{1,12})");

  /// Compares the answers of both, about several ranges where that is quick.
  Agreement compare(Question question) throws IOException, SQLException {
    progress.tell("comparing the answers · " + question.code());
    int times = question.span().compareTo(Duration.ofDays(7)) > 0 ? 1 : 3;
    api.reconnectWhenSilent();
    Agreement agreement = Agreement.check(question, range(question, 0), api, sql);
    for (int time = 1; time < times; time++) {
      agreement = agreement.and(Agreement.check(question, range(question, time), api, sql));
    }
    return agreement;
  }

  /// Asks Tidemark in turn all that is asked over HTTP with an address, as dashboards do that
  /// refresh: Java compiles what it runs often, and a server that was just started has run nothing
  /// yet.
  ///
  /// @param atLeast goes on for that long
  /// @return how many rounds of all questions there were
  int warmUp(List<Question> questions, Duration atLeast) throws IOException, SQLException {
    List<Question> overHttp =
        questions.stream()
            .filter(question -> question.tidemark() instanceof Question.Source.Http)
            .toList();
    Pace pace = new Pace(progress, "warming up");
    long deadline = System.nanoTime() + atLeast.toNanos();
    int round = 0;
    for (; !overHttp.isEmpty() && System.nanoTime() < deadline; round++) {
      for (Question question : overHttp) {
        askTidemark(question, range(question, round), new ArrayList<>());
      }
      pace.waiting("round " + round);
    }
    return round;
  }

  /// @param firstRound the first that was not asked about before
  Asked ask(Question question, int firstRound) throws IOException, SQLException {
    progress.tell("asking · %s: %s".formatted(question.code(), question.title()));
    Pace pace = new Pace(progress, "asking · " + question.code());
    List<Double> tidemark = new ArrayList<>();
    List<Double> report = new ArrayList<>();
    List<Double> lags = new ArrayList<>();
    int asked = firstRound;
    for (; asked < firstRound + WARM_UP_ROUNDS; asked++) {
      QuestionRange range = range(question, asked);
      askReport(question, range, new ArrayList<>());
      askTidemark(question, range, new ArrayList<>());
    }
    long deadline = System.nanoTime() + longest.toNanos();
    for (int round = 0;
        round < rounds && (round < FEWEST_ROUNDS || System.nanoTime() < deadline);
        round++) {
      QuestionRange range = range(question, asked + round);
      if (round % 2 == 0) {
        tidemark.add(askTidemark(question, range, lags));
        askReport(question, range, report);
      } else {
        askReport(question, range, report);
        tidemark.add(askTidemark(question, range, lags));
      }
      pace.waiting("round %d of %d".formatted(round + 1, rounds));
    }
    return new Asked(question, tidemark, report, lags);
  }

  private QuestionRange range(Question question, int round) {
    return QuestionRange.before(
        end.apply(round), question.span(), users.get(random.nextInt(users.size())));
  }

  private double askTidemark(Question question, QuestionRange range, List<Double> lags)
      throws IOException, SQLException {
    return switch (question.tidemark()) {
      case Question.Source.Http source -> {
        api.reconnectWhenSilent();
        TidemarkApi.Answer answer = api.ask(source.path(range));
        boolean isEmpty = Figures.of(api.parse(answer), source).rows().isEmpty();
        yield told(source.path(range), answer, isEmpty, lags);
      }
      case Question.Source.Document source -> {
        api.reconnectWhenSilent();
        String document = source.document(source.isSaved() ? range(question, 0) : range);
        TidemarkApi.Answer answer =
            source.isSaved() ? api.askSaved(document) : api.askDocument(document);
        yield told(document, answer, api.parse(answer).at(source.items()).isEmpty(), lags);
      }
      case Question.Source.View view -> sql.ask(view.sql(), range).nanos() / NANOS_PER_MILLI;
    };
  }

  private static double told(
      String asked, TidemarkApi.Answer answer, boolean isEmpty, List<Double> lags) {
    if (isEmpty) {
      throw new IllegalStateException("An empty answer: " + asked);
    }
    Matcher lag = LAG.matcher(answer.body());
    if (lag.find()) {
      lags.add(Double.valueOf(lag.group(1)));
    }
    return answer.nanos() / NANOS_PER_MILLI;
  }

  private void askReport(Question question, QuestionRange range, List<Double> millis)
      throws SQLException {
    String reportSql = question.reportSql();
    if (asksReport && reportSql != null) {
      millis.add(sql.ask(reportSql, range).nanos() / NANOS_PER_MILLI);
    }
  }
}
