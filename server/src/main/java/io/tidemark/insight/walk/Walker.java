package io.tidemark.insight.walk;

import io.tidemark.insight.Course;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Walks pieces in a thread of its own, one at a time, while the next one is read. As many
/// questions walk at once as fit into memory together; others wait. For one thread.
final class Walker implements AutoCloseable {

  /// What one may need: an eighth of the memory for what it carries from piece to piece, and its
  /// pieces.
  private static final int MOST_AT_ONCE = 3;

  private static final Semaphore AT_ONCE = new Semaphore(MOST_AT_ONCE, true);
  private static final long LOOK_MILLIS = 200;

  private final Consumer<Piece> walk;
  private final Course course;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("question-walk").daemon().factory());
  private @Nullable Future<?> walking;

  private Walker(Consumer<Piece> walk, Course course) {
    this.walk = walk;
    this.course = course;
  }

  static Walker start(Consumer<Piece> walk, Course course) {
    try {
      while (!AT_ONCE.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        course.requireWanted();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return new Walker(walk, course);
  }

  /// Waits for the piece before, and throws what walking it threw.
  void take(Piece piece) {
    finish();
    walking = thread.submit(() -> walk.accept(piece));
  }

  void finish() {
    try {
      while (walking != null && !isWalked(walking)) {
        course.requireWanted();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("A piece could not be walked", e.getCause());
    }
  }

  private static boolean isWalked(Future<?> walking)
      throws InterruptedException, ExecutionException {
    try {
      walking.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  /// Whatever is still being walked is wanted no more, and stops soon.
  @Override
  public void close() {
    thread.shutdownNow();
    thread.close();
    AT_ONCE.release();
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while a question was walked", e);
  }
}
