package io.tidemark.ingest;

import io.tidemark.record.Fact;
import org.jspecify.annotations.Nullable;

/// A fact that is to be stored, with the numbers that stand in its row for names.
///
/// @param kindId what happened, as [KindDirectory] numbers it
/// @param userKey the person, as [PersonDirectory] numbers them; null when nobody was named
record FactRow(Fact fact, int kindId, @Nullable Long userKey) {}
