package io.tidemark.insight.question;

import org.jspecify.annotations.Nullable;

/// Where an answer's rows go. Not thread-safe. A client that went away makes it throw.
public interface RowSink {

  /// What the answer says first, before its columns: sent as headers of the response.
  void head(AnswerHead head);

  /// Names of the columns, in `snake_case`; once, before any row.
  void columns(String... names);

  /// @param cells as many as there are columns: text, numbers, booleans, enums, `Instant`,
  ///   `Duration`, `LocalDate`; null is an empty cell
  void row(@Nullable Object... cells);
}
