package io.tidemark.insight.select;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which names of traits and properties say who someone is. Pure.
///
/// Traits do unless they are named; properties, which are what the app says of an event, only if
/// they are. Names of properties are compared as words: `userEmail`, `user-email` and `User_Email`
/// are one.
///
/// @param openTraits traits that say of nobody who they are, as they are written
/// @param personalProperties properties that do; `*` at the start or the end stands for anything
public record PersonalPolicy(Set<String> openTraits, List<String> personalProperties) {

  private static final Pattern NEW_WORD =
      Pattern.compile("(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{Nd}*]+");
  private static final Pattern NUMBER = Pattern.compile("_?\\p{Nd}+$");
  private static final Pattern ENDS = Pattern.compile("^_+|_+$");

  public PersonalPolicy {
    openTraits = Set.copyOf(openTraits);
    personalProperties = personalProperties.stream().map(PersonalPolicy::words).distinct().toList();
  }

  boolean isPersonalTrait(String name) {
    return !openTraits.contains(name);
  }

  boolean isPersonalProperty(String name) {
    String words = words(Normalizer.normalize(name, Normalizer.Form.NFKC).replace("*", ""));
    String unnumbered = NUMBER.matcher(words).replaceAll("");
    return Stream.of(words, unnumbered, without(unnumbered, "s"), without(unnumbered, "es"))
        .anyMatch(each -> personalProperties.stream().anyMatch(pattern -> fits(each, pattern)));
  }

  private static String without(String words, String ending) {
    return words.endsWith(ending) ? words.substring(0, words.length() - ending.length()) : words;
  }

  private static boolean fits(String words, String pattern) {
    boolean isEnd = pattern.startsWith("*");
    boolean isStart = pattern.endsWith("*");
    String core = pattern.substring(isEnd ? 1 : 0, pattern.length() - (isStart ? 1 : 0));
    if (isEnd && isStart) {
      return words.contains(core);
    }
    if (isEnd) {
      return words.endsWith(core);
    }
    return isStart ? words.startsWith(core) : words.equals(core);
  }

  /// In small letters, with `_` between words.
  private static String words(String name) {
    String parted = NEW_WORD.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    return ENDS.matcher(BETWEEN_WORDS.matcher(parted).replaceAll("_")).replaceAll("");
  }
}
