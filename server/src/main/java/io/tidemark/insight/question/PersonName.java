package io.tidemark.insight.question;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a person is called in an answer. Those who may not see who people are share answers, but
/// each of them is told pseudonyms of their own: until then a person's number stands for them.
///
/// @param name as the app or the client calls the person; null when it is to be a pseudonym
public record PersonName(long userKey, @Nullable String name) {

  /// What an object says instead of a name, and nothing else.
  static final String PSEUDONYM_OF = "pseudonym_of";

  @JsonValue
  Object json() {
    return name == null ? Map.of(PSEUDONYM_OF, userKey) : name;
  }

  @Override
  public String toString() {
    return "***";
  }
}
