package io.tidemark.insight.performance;

import io.tidemark.insight.walk.PairIndex;
import io.tidemark.insight.walk.Piece;
import io.tidemark.insight.walk.RowOrder;
import io.tidemark.insight.walk.TextColumn;
import io.tidemark.insight.walk.ValueNumbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToIntFunction;

/// Takes pieces of rows, which follow each other in time, and puts what was measured together to
/// sessions. Knows those of which more is to come, and what the events of people said last. What a
/// measure says, it says of its own session alone. Not thread-safe.
final class PerformanceWalk {

  /// What is carried from piece to piece takes too much memory.
  static final class TooMuchException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  static final long NEVER = Long.MIN_VALUE;
  private static final long BYTES_OF_PERSON = 250;

  /// Someone, or a client's session of nobody.
  private static final class Person {
    private final long userKey;

    /// By their names: whoever has a session for each request has many.
    private final Map<Long, MeasuredSession> open = new LinkedHashMap<>(2);

    /// Over, but may still convert.
    private final List<MeasuredSession> waiting = new ArrayList<>(0);

    /// What the events said last, and when.
    private int said;

    private long saidAt = NEVER;

    /// @param said what is known of someone whose events have said nothing
    Person(long userKey, int said) {
      this.userKey = userKey;
      this.said = said;
    }

    /// What an event said; of several at an instant the last one in order counts.
    void say(int value, long at, ValueNumbers values) {
      said = saidAt == at ? values.greater(said, value) : value;
      saidAt = at;
    }
  }

  private final long mostBytes;
  private final long within;
  private final PerformanceTally tally;
  private final ValueNumbers values;
  private final LongToIntFunction valueOfPerson;
  private PairIndex keys = new PairIndex();
  private List<Person> people = new ArrayList<>();

  /// @param within how long after its last measure a session may convert, in microseconds
  /// @param values numbers the values of the breakdown
  /// @param valueOfPerson the value of someone who has said none
  /// @param mostBytes what may be carried from piece to piece
  PerformanceWalk(
      long mostBytes,
      long within,
      PerformanceTally tally,
      ValueNumbers values,
      LongToIntFunction valueOfPerson) {
    this.mostBytes = mostBytes;
    this.within = within;
    this.tally = tally;
    this.values = values;
    this.valueOfPerson = valueOfPerson;
  }

  /// @param piece not too long
  /// @throws TooMuchException when too much has to be carried to the next one
  void take(Piece piece) {
    MeasuredRows rows = new MeasuredRows(piece);
    int[] keyOfRow = new int[piece.count()];
    for (int row = 0; row < keyOfRow.length; row++) {
      keyOfRow[row] = key(rows, row);
    }
    int[] valueOfRow = values(rows);
    RowOrder.walk(
        piece,
        keyOfRow,
        keys.size(),
        (key, at, some, count) -> take(people.get(key), rows, valueOfRow, at, some, count));
    endSettled(piece.endMicros());
  }

  /// After the last row.
  void end() {
    for (Person person : people) {
      person.open.values().forEach(session -> tally.add(person.userKey, session, within));
      person.waiting.forEach(session -> tally.add(person.userKey, session, within));
    }
    people = new ArrayList<>();
    keys = new PairIndex();
  }

  private int key(MeasuredRows rows, int row) {
    long person = rows.person(row);
    int key = keys.number(person, person == 0 ? rows.session(row) : 0);
    if (key == people.size()) {
      people.add(new Person(person, valueOfPerson.applyAsInt(person)));
    }
    return key;
  }

  private int[] values(MeasuredRows rows) {
    if (rows.piece().texts().isEmpty()) {
      return new int[0];
    }
    int[] numbers = new int[rows.piece().count()];
    TextColumn.Cursor texts = rows.piece().texts().cursor();
    for (int row = 0; row < numbers.length; row++) {
      if (rows.hasValue(row)) {
        numbers[row] = values.number(texts.next());
      }
    }
    return numbers;
  }

  private void take(
      Person person, MeasuredRows rows, int[] valueOfRow, long at, int[] some, int count) {
    for (int place = 0; place < count; place++) {
      int value = value(valueOfRow, some[place]);
      if (value != ValueNumbers.NONE && !rows.isMeasure(some[place])) {
        person.say(value, at, values);
      }
    }
    boolean isConverted = false;
    for (int place = 0; place < count; place++) {
      int row = some[place];
      if (rows.isMeasure(row)) {
        MeasuredSession session = session(person, rows.session(row), at);
        session.say(value(valueOfRow, row), at, values);
        session.hear(person.said, person.saidAt);
        session.add(at, rows.met(row), rows.kind(row));
      }
      isConverted |= rows.isConversion(row);
    }
    if (isConverted) {
      person.open.values().forEach(session -> session.convert(at));
      person.waiting.forEach(session -> session.convert(at));
    }
  }

  private static int value(int[] valueOfRow, int row) {
    return valueOfRow.length == 0 ? ValueNumbers.NONE : valueOfRow[row];
  }

  private static MeasuredSession session(Person person, long name, long at) {
    MeasuredSession session = person.open.get(name);
    if (session != null && !session.isOver(at)) {
      return session;
    }
    if (session != null) {
      person.waiting.add(session);
    }
    MeasuredSession next = new MeasuredSession(name, at);
    person.open.put(name, next);
    return next;
  }

  /// @param at no later row is before it
  private void endSettled(long at) {
    PairIndex keysBefore = keys;
    List<Person> peopleBefore = people;
    keys = new PairIndex();
    people = new ArrayList<>();
    long bytes = tally.endpoints().bytes();
    for (int key = 0; key < peopleBefore.size(); key++) {
      Person person = peopleBefore.get(key);
      person.open.values().removeIf(session -> session.isSilent(at) && person.waiting.add(session));
      person.waiting.removeIf(session -> {
        boolean isSettled = session.isSettled(within, at);
        if (isSettled) {
          tally.add(person.userKey, session, within);
        }
        return isSettled;
      });
      if (person.saidAt != NEVER || !person.open.isEmpty() || !person.waiting.isEmpty()) {
        keys.number(keysBefore.first(key), keysBefore.second(key));
        people.add(person);
        bytes += BYTES_OF_PERSON;
        for (MeasuredSession session : person.open.values()) {
          bytes += session.bytes();
        }
        for (MeasuredSession session : person.waiting) {
          bytes += session.bytes();
        }
      }
    }
    if (bytes > mostBytes) {
      throw new TooMuchException();
    }
  }
}
