package io.tidemark.insight.select;

import org.jspecify.annotations.Nullable;

/// A part of a question, or a whole one, that may ask about something which says who people are.
/// Whoever may not see people is refused it wherever it stands in a question.
public interface MayNamePeople {

  /// The name of its own field that does, as documents say it; null when none does.
  @Nullable String personalField(PersonalPolicy policy);
}
