package io.tidemark.insight.saved;

import io.tidemark.platform.ProblemException;
import org.jspecify.annotations.Nullable;

/// What a saved thing is called and for: 1 to 200 and up to 2,000 characters.
final class Title {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_DESCRIPTION = 2_000;

  private Title() {}

  static String checkedName(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf(0) >= 0) {
      throw ProblemException.invalidField("name", "name must have 1 to 200 characters");
    }
    return name.strip();
  }

  static String checkedDescription(@Nullable String description) {
    if (description == null) {
      return "";
    }
    if (description.length() > LONGEST_DESCRIPTION || description.indexOf(0) >= 0) {
      throw ProblemException.invalidField(
          "description", "description must have at most 2,000 characters");
    }
    return description.strip();
  }
}
