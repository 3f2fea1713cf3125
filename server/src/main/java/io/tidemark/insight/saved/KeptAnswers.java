package io.tidemark.insight.saved;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.insight.Freshness;
import io.tidemark.insight.question.Asker;
import io.tidemark.insight.question.QuestionDesk;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Gives the last answer to a saved question at once, and has it asked again behind the back of who
/// opened it: so a dashboard opens in milliseconds, whatever its questions take, and every answer
/// says how fresh it is. What was opened within a week is asked again while nobody looks.
/// Thread-safe.
final class KeptAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(KeptAnswers.class);

  /// No further question is begun in a run after that; the job then rests.
  private static final Duration LONGEST_RUN = Duration.ofSeconds(2);

  private final KeptAnswerStore store;
  private final SavedQuestionStore questions;
  private final QuestionDesk desk;
  private final InstantSource clock;
  private final JsonMapper mapper;
  private final ObjectReader exact;
  private final Executor background;
  private final Counter given;
  private final Counter asked;

  /// @param background asks again, one question at a time
  KeptAnswers(
      KeptAnswerStore store,
      SavedQuestionStore questions,
      QuestionDesk desk,
      InstantSource clock,
      JsonMapper mapper,
      Executor background,
      MeterRegistry metrics) {
    this.store = store;
    this.questions = questions;
    this.desk = desk;
    this.clock = clock;
    this.mapper = mapper;
    this.exact =
        mapper.readerFor(ObjectNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    this.background = background;
    this.given = metrics.counter("tidemark.saved.answers", "from", "kept");
    this.asked = metrics.counter("tidemark.saved.answers", "from", "asked");
  }

  /// The answer, to be sent as JSON.
  ///
  /// @throws io.tidemark.platform.ProblemException when there is none yet and it took too long
  /// @throws io.tidemark.platform.ClientGoneException when the asker is gone
  Object answer(SavedQuestion question, Asker asker) {
    Instant now = clock.instant();
    Optional<KeptAnswer> kept =
        store.find(question, asker.showsPeople()).filter(answer -> answer.isGiven(now));
    if (kept.isEmpty()) {
      return answerAnew(question, asker);
    }
    given.increment();
    if (kept.get().isRenewed(now)) {
      claim(question, asker.showsPeople(), true)
          .ifPresent(claim -> background.execute(() -> renew(question, claim)));
    }
    return withLag(kept.get(), now);
  }

  /// The same, asked now.
  Object answerAnew(SavedQuestion question, Asker asker) {
    asked.increment();
    Optional<KeptAnswer.Claim> claim = claim(question, asker.showsPeople(), true);
    return claim.isPresent()
        ? askAndKeep(question, asker, claim.get())
        : desk.ask(question.document().toString(), asker);
  }

  /// Asks again what has grown old, for two seconds or until there is none.
  void renewOld() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < LONGEST_RUN.toNanos()) {
      Optional<KeptAnswer.Key> old = store.findOld();
      if (old.isEmpty()) {
        return;
      }
      KeptAnswer.Key key = old.get();
      questions.find(key.question()).ifPresent(question -> renew(question, key.showsPeople()));
    }
  }

  private void renew(SavedQuestion question, boolean showsPeople) {
    claim(question, showsPeople, false).ifPresent(claim -> renew(question, claim));
  }

  /// A database that takes no writes still answers.
  private Optional<KeptAnswer.Claim> claim(
      SavedQuestion question, boolean showsPeople, boolean isOpened) {
    try {
      return store.claim(question, showsPeople, isOpened, clock.instant());
    } catch (DataAccessException e) {
      LOG.warn("The answer to the saved question {} cannot be kept", question.id(), e);
      return Optional.empty();
    }
  }

  private void renew(SavedQuestion question, KeptAnswer.Claim claim) {
    try {
      askAndKeep(question, new Asker(claim.key().showsPeople(), () -> false), claim);
    } catch (RuntimeException e) {
      LOG.warn("The saved question {} cannot be asked again", question.id(), e);
    }
  }

  private Object askAndKeep(SavedQuestion question, Asker asker, KeptAnswer.Claim claim) {
    long start = System.nanoTime();
    String json = null;
    try {
      Object answer = desk.askAnew(question.document().toString(), asker);
      json = mapper.writeValueAsString(answer);
      return answer;
    } finally {
      end(claim, Duration.ofNanos(System.nanoTime() - start), json);
    }
  }

  /// What goes wrong here costs nobody the answer; the claim is then abandoned.
  private void end(KeptAnswer.Claim claim, Duration took, @Nullable String json) {
    try {
      if (json == null || json.length() > KeptAnswer.MOST_LENGTH) {
        store.release(claim, took);
      } else {
        store.keep(claim, took, json);
      }
    } catch (DataAccessException e) {
      LOG.warn("The answer to the saved question {} is not kept", claim.key().question(), e);
    }
  }

  /// Only how long ago it was true has changed since.
  private ObjectNode withLag(KeptAnswer kept, Instant now) {
    ObjectNode answer = exact.readValue(kept.json());
    Instant asOf = Instant.parse(answer.at("/freshness/as_of").asString());
    answer.set("freshness", mapper.valueToTree(Freshness.asOf(asOf, now)));
    return answer;
  }
}
