package io.tidemark.insight.question;

import io.tidemark.insight.select.MayNamePeople;
import io.tidemark.insight.select.PersonalPolicy;
import io.tidemark.platform.ProblemException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What those may not ask who may not see who people are: about one person, a trait, a session, a
/// property that is personal. Looks at every part of a question, of whatever kind it is.
/// Thread-safe.
final class HiddenPeople {

  private static final Pattern NEW_WORD = Pattern.compile("(?=\\p{Lu})");

  private final PersonalPolicy policy;

  HiddenPeople(PersonalPolicy policy) {
    this.policy = policy;
  }

  /// @throws ProblemException 403 `people_hidden` that names the field
  void requireNone(Question question) {
    requireNone("", question);
  }

  static ProblemException problem(String field) {
    return ProblemException.ofField(
        HttpStatus.FORBIDDEN,
        "people_hidden",
        field,
        "%s says who people are: ask with a key that may see them. tidemark.insight.people tells which traits and properties do"
            .formatted(field));
  }

  private void requireNone(String path, @Nullable Object part) {
    if (part instanceof MayNamePeople naming) {
      String field = naming.personalField(policy);
      if (field != null) {
        throw problem(within(path, field));
      }
    }
    switch (part) {
      case Record whole -> {
        for (RecordComponent component : whole.getClass().getRecordComponents()) {
          requireNone(within(path, name(component)), value(whole, component));
        }
      }
      case List<?> list -> {
        for (int place = 0; place < list.size(); place++) {
          requireNone("%s[%d]".formatted(path, place), list.get(place));
        }
      }
      case Map<?, ?> map ->
          map.forEach((name, value) -> requireNone(within(path, String.valueOf(name)), value));
      case null, default -> {}
    }
  }

  private static String within(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /// As documents say it.
  private static String name(RecordComponent component) {
    return NEW_WORD.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  private static @Nullable Object value(Record whole, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(whole);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("A part of a question cannot be read", e);
    }
  }
}
