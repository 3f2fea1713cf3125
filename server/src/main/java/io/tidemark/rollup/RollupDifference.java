package io.tidemark.rollup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A place where a rollup differs from detail.
///
/// @param rollup name of its table
/// @param grain minute, hour or day; null for a rollup over all time
/// @param bucket start of that minute, hour or day; null for a rollup over all time
/// @param key which row of the bucket, as JSON
/// @param column what differs, or `row` when one of the two lacks the row
/// @param kept what the rollup says; null when it says nothing
/// @param expected what detail says; null when it says nothing
public record RollupDifference(
    String rollup,
    @Nullable String grain,
    @Nullable Instant bucket,
    String key,
    String column,
    @Nullable String kept,
    @Nullable String expected) {}
