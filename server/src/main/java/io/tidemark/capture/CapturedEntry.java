package io.tidemark.capture;

import org.jspecify.annotations.Nullable;

/// One record of a request, read.
///
/// @param id as sent; null when it had none
/// @param type as sent; `unknown` when it had none that is known
record CapturedEntry(@Nullable String id, String type, CaptureOutcome outcome) {}
