package io.tidemark.bench.questions;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One question, as it is put to Tidemark and to the report's schema.
///
/// In SQL, `?` are the start and end of the range and the person, in this order, as many as there
/// are. Rows are told apart by all columns before the figures.
///
/// @param code short name
/// @param title what it asks
/// @param span how long a range it asks about
/// @param tidemark how Tidemark is asked
/// @param reportSql what the report asks of its schema; null where it has no such question
/// @param checkSql asks the report's schema for exactly what Tidemark's answer means, with the
///   percentiles as nearest ranks; null where nothing can be compared
/// @param figures what the last columns of `checkSql` are, and what Tidemark's answer is read for
record Question(
    String code,
    String title,
    Duration span,
    Source tidemark,
    @Nullable String reportSql,
    @Nullable String checkSql,
    List<Figure> figures) {

  Question {
    figures = List.copyOf(figures);
  }

  /// How close two figures must be to be the same.
  enum Figure {
    /// A count, or a sum of whole numbers.
    EXACT(0),
    /// The order in which numbers are added up shows in the last digits.
    MEAN(1e-9),
    /// A percentile is promised within 1 %. Values are stored as float4.
    PERCENTILE(0.01 + 1e-6);

    private final double tolerance;

    Figure(double tolerance) {
      this.tolerance = tolerance;
    }

    boolean isSame(double tidemark, double report) {
      return Math.abs(tidemark - report) <= tolerance * Math.abs(report);
    }
  }

  /// How Tidemark is asked.
  sealed interface Source {

    /// Over HTTP.
    ///
    /// @param path below `/api/v1/insights/`, with `{from}`, `{to}` and `{user}`
    /// @param items the field of the answer that holds the rows
    /// @param keys fields that tell its rows apart; lists are joined by commas
    /// @param fields the fields of the figures
    record Http(String path, String items, List<String> keys, List<String> fields)
        implements Source {

      public Http {
        keys = List.copyOf(keys);
        fields = List.copyOf(fields);
      }

      String path(QuestionRange range) {
        return "/api/v1/insights/"
            + path.replace("{from}", range.from().toString())
                .replace("{to}", range.to().toString())
                .replace("{user}", range.userId());
      }
    }

    /// Over HTTP, as a document. Its answer is not compared.
    ///
    /// @param document with `{from}` and `{to}`, or with `{seconds}` of the epoch where it is about
    ///   no range, so that no two rounds ask the same
    /// @param items JSON pointer to what is not empty in an answer about this data set
    /// @param isSaved whether it is saved first and always asked about the same range; the answer
    ///   may then be one that was kept
    record Document(String document, String items, boolean isSaved) implements Source {

      String document(QuestionRange range) {
        return document
            .replace("{from}", range.from().toString())
            .replace("{to}", range.to().toString())
            .replace("{seconds}", String.valueOf(range.to().getEpochSecond()));
      }
    }

    /// In SQL: where no endpoint answers it, but a view does.
    record View(String sql) implements Source {}
  }
}
