package io.tidemark.insight.question;

/// A question: a record that holds all of its document but the name of its kind. Two that ask the
/// same are equal, so it holds records, lists and plain values only.
///
/// The document is read by these rules, `snake_case` for its fields:
///
/// - A component that is not `@Nullable` is required; a list or map that is absent is empty.
/// - Enums are their names in small letters.
/// - The constructor checks what the types do not, and throws `ProblemException.invalidField` with
///   the name of its own field; the path to it is put before.
public interface Question {}
