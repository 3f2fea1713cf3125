package io.tidemark.insight.walk;

import io.tidemark.platform.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Values of a breakdown by number, from 1; 0 stands for none. Not thread-safe.
public final class ValueNumbers {

  public static final int NONE = 0;

  /// Of a value beside its characters.
  private static final long BYTES_OF_VALUE = 150;

  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 16;

  private final Map<@Nullable String, Integer> numbers = new HashMap<>();
  private final List<@Nullable String> values = new ArrayList<>();
  private long bytes;

  /// @throws ProblemException when there are more values than fit into a sixteenth of the memory
  public int number(@Nullable String value) {
    Integer known = numbers.get(value);
    if (known != null) {
      return known;
    }
    bytes += bytesOf(value);
    requireRoom(bytes, values.size());
    values.add(value);
    numbers.put(value, values.size());
    return values.size();
  }

  /// What a value takes in memory.
  static long bytesOf(@Nullable String value) {
    return BYTES_OF_VALUE + (value == null ? 0 : value.length() * 2L);
  }

  /// @param bytes what so many values, or what is counted of them, take
  /// @throws ProblemException when that is more than a sixteenth of the memory
  public static void requireRoom(long bytes, int values) {
    if (bytes > MOST_BYTES) {
      throw ProblemException.of(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "breakdown_too_large",
          "The breakdown has more than %d values, or they are too long; break down by something with fewer, or ask for a shorter range"
              .formatted(values));
    }
  }

  public @Nullable String value(int number) {
    return values.get(number - 1);
  }

  public int count() {
    return values.size();
  }

  /// The one of two that stands first, by their characters; what is not known stands last.
  public int lesser(int one, int other) {
    return compare(one, other) <= 0 ? one : other;
  }

  /// The one of two that stands last.
  public int greater(int one, int other) {
    return compare(one, other) >= 0 ? one : other;
  }

  public int compare(int one, int other) {
    return one == other ? 0 : TextOrder.NULLS_LAST.compare(value(one), value(other));
  }
}
