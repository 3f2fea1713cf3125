package io.tidemark.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The statements that a piece of work runs through the DataSource `question`, with what they took.
/// Used by one thread.
public final class StatementTrace {

  private static final ScopedValue<StatementTrace> CURRENT = ScopedValue.newInstance();
  private static final Pattern NAME = Pattern.compile("/\\* *([\\w.-]+) *\\*/");
  private static final double NANOS_PER_MILLI = 1e6;

  /// @param name as its comment says, such as `insight.funnel`; empty when it has none
  /// @param sql its text, with `?` for values
  /// @param millis until its first rows were there; all of them, unless they are streamed
  /// @param rows that were read of it
  public record TracedStatement(String name, String sql, double millis, long rows) {}

  private final List<TracedStatement> statements = new ArrayList<>();

  /// Does the work in this thread and remembers its statements.
  public <T> T during(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /// In the order in which they ran.
  public List<TracedStatement> statements() {
    return List.copyOf(statements);
  }

  /// That of this thread's work, if anybody wants to know.
  static Optional<StatementTrace> findCurrent() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  void add(String sql, long nanos) {
    Matcher name = NAME.matcher(sql);
    statements.add(
        new TracedStatement(
            name.find() ? name.group(1) : "", sql.strip(), nanos / NANOS_PER_MILLI, 0));
  }

  /// Of the statement that was added last.
  void countRow() {
    TracedStatement last = statements.removeLast();
    statements.add(new TracedStatement(last.name(), last.sql(), last.millis(), last.rows() + 1));
  }
}
