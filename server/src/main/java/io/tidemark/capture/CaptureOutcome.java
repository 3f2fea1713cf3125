package io.tidemark.capture;

import io.tidemark.record.CapturedRecord;
import org.jspecify.annotations.Nullable;

/// What reading one record gave.
sealed interface CaptureOutcome {

  /// Checked and ready to be stored.
  ///
  /// @param warning what was left out of it, for the sender; null when nothing was
  record Accepted(CapturedRecord captured, @Nullable String warning) implements CaptureOutcome {}

  /// Not to be stored.
  ///
  /// @param code stable reason, for programs
  /// @param detail for the person who must act: the field and what was expected of it; holds
  ///   nothing of the record's content
  record Refused(String code, String detail) implements CaptureOutcome {}
}
