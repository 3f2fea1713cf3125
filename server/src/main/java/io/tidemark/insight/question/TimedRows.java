package io.tidemark.insight.question;

import io.tidemark.insight.Course;
import org.jspecify.annotations.Nullable;

/// Rows for as long as the answer may go on: who reads them slowly keeps a connection from others.
record TimedRows(RowSink rows, Course course) implements RowSink {

  @Override
  public void head(AnswerHead head) {
    rows.head(head);
  }

  @Override
  public void columns(String... names) {
    rows.columns(names);
  }

  @Override
  public void row(@Nullable Object... cells) {
    course.requireWanted();
    rows.row(cells);
  }
}
