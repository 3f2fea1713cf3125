package io.tidemark.insight.saved;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.insight.Freshness;
import io.tidemark.insight.question.Asker;
import io.tidemark.insight.question.Audience;
import io.tidemark.insight.question.QuestionDesk;
import io.tidemark.insight.question.QuestionRequests;
import io.tidemark.platform.ClientPresence;
import io.tidemark.platform.DatabaseWatch;
import io.tidemark.platform.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
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
  private final DatabaseWatch database;
  private final InstantSource clock;
  private final JsonMapper mapper;
  private final ObjectReader exact;
  private final Executor background;
  private final Set<KeptAnswer.Key> queued = ConcurrentHashMap.newKeySet();
  private final Counter given;
  private final Counter asked;

  /// @param background asks again, one question at a time
  KeptAnswers(
      KeptAnswerStore store,
      SavedQuestionStore questions,
      QuestionDesk desk,
      DatabaseWatch database,
      InstantSource clock,
      JsonMapper mapper,
      Executor background,
      MeterRegistry metrics) {
    this.store = store;
    this.questions = questions;
    this.desk = desk;
    this.database = database;
    this.clock = clock;
    this.mapper = mapper;
    this.exact =
        mapper.readerFor(ObjectNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    this.background = background;
    this.given = metrics.counter("tidemark.saved.answers", "from", "kept");
    this.asked = metrics.counter("tidemark.saved.answers", "from", "asked");
  }

  /// The answer, to be sent as JSON; asked now, or a moment ago by somebody else, when the client
  /// wants none that was kept.
  ///
  /// @throws io.tidemark.platform.ProblemException when there is none yet and it took too long, and
  ///   403 `people_hidden`
  /// @throws io.tidemark.platform.ClientGoneException when the asker is gone
  Object answer(SavedQuestion question, HttpServletRequest request, Audience audience) {
    desk.check(question.document().toString(), audience.showsPeople());
    Asker asker = new Asker(audience, ClientPresence.of(request)::isGone);
    return QuestionRequests.isNoCache(request)
        ? answerAnew(question, asker)
        : answerKept(question, asker);
  }

  private Object answerKept(SavedQuestion question, Asker asker) {
    Optional<KeptAnswer> kept =
        store.find(question, asker.showsPeople()).filter(KeptAnswer::isGiven);
    if (kept.isEmpty()) {
      return answerAnew(question, asker);
    }
    given.increment();
    if (kept.get().isRenewed()) {
      renewLater(question, asker.showsPeople());
    }
    return told(kept.get(), asker.audience());
  }

  private Object answerAnew(SavedQuestion question, Asker asker) {
    asked.increment();
    Optional<KeptAnswer.Claim> claim = claim(question, asker.showsPeople(), true);
    if (claim.isPresent()) {
      return desk.told(askAndKeep(question, asker.isGone(), claim.get()), asker.audience());
    }
    return store
        .find(question, asker.showsPeople())
        .filter(KeptAnswer::isGiven)
        .<Object>map(kept -> told(kept, asker.audience()))
        .orElseGet(() -> desk.ask(question.document().toString(), asker));
  }

  /// Asks again what has grown old, for two seconds or until there is none.
  void renewOld() {
    store.forgetOld();
    long start = System.nanoTime();
    boolean isAny = true;
    while (isAny && System.nanoTime() - start < LONGEST_RUN.toNanos()) {
      isAny = store.findOld().filter(this::renew).isPresent();
    }
  }

  private boolean renew(KeptAnswer.Key key) {
    return questions
        .find(key.question())
        .filter(question -> renew(question, key.showsPeople(), false))
        .isPresent();
  }

  private void renewLater(SavedQuestion question, boolean showsPeople) {
    KeptAnswer.Key key = new KeptAnswer.Key(question.id(), showsPeople);
    if (queued.add(key)) {
      background.execute(() -> {
        queued.remove(key);
        renew(question, showsPeople, true);
      });
    }
  }

  /// @return whether it was tried
  private boolean renew(SavedQuestion question, boolean showsPeople, boolean isOpened) {
    Optional<KeptAnswer.Claim> claim = claim(question, showsPeople, isOpened);
    try {
      claim.ifPresent(held -> askAndKeep(question, () -> false, held));
    } catch (ProblemException e) {
      // It was changed to what nobody will be answered who opened it.
      if (e.status() == HttpStatus.FORBIDDEN) {
        store.forget(new KeptAnswer.Key(question.id(), showsPeople));
      } else {
        logFailure(question, e);
      }
    } catch (RuntimeException e) {
      logFailure(question, e);
    }
    return claim.isPresent();
  }

  private static void logFailure(SavedQuestion question, RuntimeException e) {
    LOG.warn("The saved question {} cannot be asked again: {}", question.id(), e.getMessage());
  }

  /// A database that takes no writes still answers.
  private Optional<KeptAnswer.Claim> claim(
      SavedQuestion question, boolean showsPeople, boolean isOpened) {
    if (!database.takesWrites()) {
      return Optional.empty();
    }
    try {
      return store.claim(question, showsPeople, isOpened);
    } catch (DataAccessException e) {
      LOG.warn("No answer to {} can be kept: {}", question.id(), e.getMessage());
      return Optional.empty();
    }
  }

  /// @return for everyone who may see as much, until it is told to one
  private Object askAndKeep(
      SavedQuestion question, BooleanSupplier isGone, KeptAnswer.Claim claim) {
    long start = System.nanoTime();
    Object answer = null;
    try {
      answer = desk.askAnew(question.document().toString(), claim.key().showsPeople(), isGone);
      return answer;
    } finally {
      end(claim, Duration.ofNanos(System.nanoTime() - start), answer);
    }
  }

  /// What goes wrong here costs nobody the answer; the claim is then abandoned.
  private void end(KeptAnswer.Claim claim, Duration took, @Nullable Object answer) {
    try {
      if (answer == null) {
        store.release(claim, took);
      } else {
        String json = mapper.writeValueAsString(answer);
        store.keep(claim, took, json.length() > KeptAnswer.MOST_LENGTH ? null : json);
      }
    } catch (DataAccessException e) {
      LOG.warn("The answer to {} is not kept: {}", claim.key().question(), e.getMessage());
    }
  }

  /// Only how long ago it was true has changed since.
  private Object told(KeptAnswer kept, Audience audience) {
    ObjectNode answer = exact.readValue(kept.json());
    Instant asOf = Instant.parse(answer.at("/freshness/as_of").asString());
    answer.set("freshness", mapper.valueToTree(Freshness.asOf(asOf, clock.instant())));
    return desk.told(answer, audience);
  }
}
