package io.tidemark.platform;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows whether the database takes writes, so that nobody has to wait to find out. Thread-safe.
///
/// It tries a write ([WriteProbe]) when there is reason to ([ProbePolicy]). The intake is stopped
/// when
/// - the try fails, or has no answer for half a second and nobody committed meanwhile: a slow
///   database that still answers is not given up,
/// - a writer reports a fault that a lost or waiting connection does not explain, or a second one
///   in a row.
///
/// While it is stopped, there is one try after another; the first that succeeds lets the intake go
/// on. A try without an answer is not repeated, as its connection may be what holds out: a frozen
/// database that thaws answers it at once.
///
/// All but the volatile fields belong to the one thread that calls [#look].
public final class DatabaseWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

  private static final Duration LOOK = Duration.ofMillis(50);

  /// Half a second. Counted in looks, so that a machine that stands still takes nobody's time.
  private static final int PATIENCE_LOOKS = 10;

  private final HikariDataSource intake;
  private final PhysicalConnections connections;
  private final WriteProbe probe;
  private final Runnable whenAway;
  private final List<Runnable> whenStopped = new CopyOnWriteArrayList<>();
  private final List<Runnable> whenResumed = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable DatabaseFault> reported = new AtomicReference<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("database-watch").daemon().factory());

  private volatile @Nullable DatabaseFault fault;
  private volatile long committedAt = System.nanoTime();

  private @Nullable ProbeRun running;
  private int looksAtTry;
  private boolean isSuspicious;
  private long idleAt = System.nanoTime();
  private long triedAt = System.nanoTime();
  private long stoppedAt;
  private long reportedAt = committedAt;

  /// @param intake pool whose use is watched
  /// @param connections of that pool
  /// @param whenAway told again and again, aside, while the database is away
  DatabaseWatch(
      HikariDataSource intake,
      PhysicalConnections connections,
      WriteProbe probe,
      Runnable whenAway) {
    this.intake = intake;
    this.connections = connections;
    this.probe = probe;
    this.whenAway = whenAway;
  }

  /// Starts to watch. The first look is taken here: none later waits for code to be loaded.
  DatabaseWatch start() {
    ProbeRun.start(probe::look).findFault().ifPresent(reported::set);
    Future<?> _ =
        thread.scheduleWithFixedDelay(
            this::lookSafely, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  public boolean takesWrites() {
    return fault == null;
  }

  /// Why the database takes no writes; empty when it does.
  public Optional<DatabaseFault> findFault() {
    return Optional.ofNullable(fault);
  }

  /// To be called by who has committed something.
  public void reportCommit() {
    committedAt = System.nanoTime();
  }

  /// To be called by who could not write. What is not the database's fault is left aside.
  public void reportFailure(SQLException failure) {
    DatabaseFault.of(failure).ifPresent(reported::set);
  }

  /// Has something done, quickly, each time the intake stops: after [#takesWrites] has changed.
  public void whenStopped(Runnable listener) {
    whenStopped.add(listener);
  }

  /// The same each time the intake goes on.
  public void whenResumed(Runnable listener) {
    whenResumed.add(listener);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    probe.close();
  }

  private void lookSafely() {
    try {
      look(System.nanoTime());
    } catch (Throwable e) {
      // Errors too: nobody would look again, and a closed intake would stay closed.
      LOG.error("database.look failed; this is a defect", e);
    }
  }

  private void look(long now) {
    hearReport(now);
    ProbeRun current = running;
    if (current == null) {
      tryWhenDue(now);
      return;
    }
    if (current.isDone()) {
      running = null;
      triedAt = now;
      judge(current, now);
    } else if (takesWrites()
        && ++looksAtTry > PATIENCE_LOOKS
        && isBefore(committedAt, current.startedAt())) {
      stop(DatabaseFault.SILENT, now);
    }
  }

  /// A connection may be lost, or wait too long for others, while the database is well: the first
  /// time, a try decides.
  private void hearReport(long now) {
    DatabaseFault told = reported.getAndSet(null);
    if (told == null || !takesWrites()) {
      return;
    }
    boolean isFirst = !isBefore(committedAt, reportedAt);
    reportedAt = now;
    if (isFirst && (told == DatabaseFault.AWAY || told == DatabaseFault.SILENT)) {
      isSuspicious = true;
      return;
    }
    stop(told, now);
  }

  private void tryWhenDue(long now) {
    HikariPoolMXBean pool = intake.getHikariPoolMXBean();
    boolean isBusy = pool.getActiveConnections() + pool.getThreadsAwaitingConnection() > 0;
    if (!isBusy) {
      idleAt = now;
    }
    ProbePolicy policy = new ProbePolicy(idleAt, committedAt, triedAt, stoppedAt);
    switch (policy.decide(now, !takesWrites(), isSuspicious, isBusy)) {
      case NONE -> {}
      case LOOK -> tryNow(probe::look);
      case WRITE -> tryNow(probe::write);
      case WRITE_ANEW -> tryNow(probe::writeAnew);
    }
  }

  private void tryNow(ProbeRun.Attempt attempt) {
    isSuspicious = false;
    looksAtTry = 0;
    running = ProbeRun.start(attempt);
  }

  /// What began before the stop proves nothing, unless the stop was for want of its answer.
  private void judge(ProbeRun done, long now) {
    Optional<DatabaseFault> found = done.findFault();
    if (found.isPresent()) {
      stop(found.get(), now);
      return;
    }
    if (fault == DatabaseFault.SILENT || (fault != null && isBefore(stoppedAt, done.startedAt()))) {
      fault = null;
      idleAt = now;
      LOG.info(
          "The database takes writes again, after {} s",
          TimeUnit.NANOSECONDS.toSeconds(now - stoppedAt));
      whenResumed.forEach(Runnable::run);
    }
  }

  private void stop(DatabaseFault why, long now) {
    boolean isNew = takesWrites();
    boolean isOther = fault != why;
    fault = why;
    if (isOther) {
      LOG.warn("{}: records are refused until it takes writes again", why.sentence());
    }
    if (isNew) {
      stoppedAt = now;
      isSuspicious = false;
      giveUpConnections(why);
      whenStopped.forEach(Runnable::run);
    }
    if (why == DatabaseFault.AWAY) {
      Thread.startVirtualThread(whenAway);
    }
  }

  /// What is full may get well with the connections there are, and they would be hard to get again.
  private void giveUpConnections(DatabaseFault why) {
    switch (why) {
      case AWAY, SILENT, READ_ONLY -> {
        intake.getHikariPoolMXBean().softEvictConnections();
        connections.abortAll();
      }
      case OUT_OF_CONNECTIONS, DISK_FULL, REFUSING -> {}
    }
  }

  private static boolean isBefore(long moment, long other) {
    return moment - other < 0;
  }
}
