/// What all questions have in common: a question is a document, asked at `/api/v1/questions`, read
/// into a record and answered by the [Answerer] of its kind.
///
/// A new kind is a package beside this one: a record that is the question, a record that is the
/// answer, an `Answerer` bean. This package reads the document, sees to time, sharing and form.
@NullMarked
package io.tidemark.insight.question;

import org.jspecify.annotations.NullMarked;
