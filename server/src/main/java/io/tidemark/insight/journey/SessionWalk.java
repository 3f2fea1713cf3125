package io.tidemark.insight.journey;

import io.tidemark.insight.walk.PairIndex;
import io.tidemark.insight.walk.RowOrder;
import io.tidemark.insight.walk.SessionRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Takes pieces of rows, which follow each other in time, and puts them together to sessions. Knows
/// open sessions only, and those of the piece. Not thread-safe.
///
/// @param <S> what is gathered of a session
final class SessionWalk<S> {

  /// A session that is over.
  ///
  /// @param isClients whether the client named it
  /// @param began time of its first row, in microseconds since 2000, as all times
  /// @param ended time of its last row
  /// @param unbrokenSince since when there was no silence: earlier than it began if the session
  ///   before it was cut for its length
  record Ended<S>(
      long userKey,
      boolean isClients,
      long began,
      long ended,
      long unbrokenSince,
      long rows,
      S gathered) {}

  private static final class Open<S> {
    private final long began;
    private final long unbrokenSince;
    private final S gathered;
    private long last;
    private long rows;

    Open(long began, long unbrokenSince, S gathered) {
      this.began = began;
      this.unbrokenSince = unbrokenSince;
      this.gathered = gathered;
      this.last = began;
    }
  }

  private final SessionGathering<S> gathering;
  private final Consumer<Ended<S>> whenEnded;
  private PairIndex keys = new PairIndex();
  private List<Open<S>> open = new ArrayList<>();

  /// @param whenEnded told of each session, in no order
  SessionWalk(SessionGathering<S> gathering, Consumer<Ended<S>> whenEnded) {
    this.gathering = gathering;
    this.whenEnded = whenEnded;
  }

  /// @param rows not too many
  void take(SessionRows rows) {
    int[] keyOfRow = new int[rows.piece().count()];
    for (int row = 0; row < keyOfRow.length; row++) {
      keyOfRow[row] = keys.number(rows.person(row), rows.session(row));
    }
    RowOrder.walk(
        rows.piece(),
        keyOfRow,
        keys.size(),
        (key, at, some, count) -> {
          order(rows, some, count);
          for (int place = 0; place < count; place++) {
            add(rows, key, at, some[place]);
          }
        });
    endSilent(rows.piece().endMicros());
  }

  /// After the last row.
  void end() {
    for (int key = 0; key < open.size(); key++) {
      tell(key, open.get(key));
    }
    keys = new PairIndex();
    open = new ArrayList<>();
  }

  private void add(SessionRows rows, int key, long at, int row) {
    Open<S> session = key < open.size() ? open.get(key) : begin(at, at);
    boolean isClients = isClients(key);
    if (key == open.size()) {
      open.add(session);
    } else if (SessionRule.isOver(isClients, session.began, session.last, at)) {
      boolean isSilent = SessionRule.isSilent(isClients, session.last, at);
      tell(key, session);
      session = begin(at, isSilent ? at : session.unbrokenSince);
      open.set(key, session);
    }
    session.last = at;
    session.rows++;
    gathering.gather(session.gathered, rows.happenings().at(rows.place(row)), rows.isMeant(row));
  }

  private Open<S> begin(long at, long unbrokenSince) {
    return new Open<>(at, unbrokenSince, gathering.begin());
  }

  /// By what happened, in the order in which that is told.
  private static void order(SessionRows rows, int[] some, int count) {
    if (count == 1) {
      return;
    }
    long[] byPlace = new long[count];
    for (int one = 0; one < count; one++) {
      byPlace[one] = (long) rows.place(some[one]) << Integer.SIZE | some[one];
    }
    Arrays.sort(byPlace);
    for (int one = 0; one < count; one++) {
      some[one] = (int) byPlace[one];
    }
  }

  /// @param at no later row is before it
  private void endSilent(long at) {
    PairIndex keysBefore = keys;
    List<Open<S>> openBefore = open;
    keys = new PairIndex();
    open = new ArrayList<>();
    for (int key = 0; key < openBefore.size(); key++) {
      Open<S> session = openBefore.get(key);
      boolean isClients = keysBefore.second(key) != 0;
      if (SessionRule.isSilent(isClients, session.last, at)) {
        tell(keysBefore.first(key), isClients, session);
      } else {
        keys.number(keysBefore.first(key), keysBefore.second(key));
        open.add(session);
      }
    }
  }

  private boolean isClients(int key) {
    return keys.second(key) != 0;
  }

  private void tell(int key, Open<S> session) {
    tell(keys.first(key), isClients(key), session);
  }

  private void tell(long userKey, boolean isClients, Open<S> session) {
    whenEnded.accept(
        new Ended<>(
            userKey,
            isClients,
            session.began,
            session.last,
            session.unbrokenSince,
            session.rows,
            session.gathered));
  }
}
