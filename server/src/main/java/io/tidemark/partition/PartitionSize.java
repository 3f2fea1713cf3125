package io.tidemark.partition;

import java.time.Instant;

/// A partition that is there.
///
/// @param name its table
/// @param startsAt first instant in it
/// @param endsAt first instant after it
/// @param bytes what its rows take on disk, dead ones included and indexes not; 0 after TRUNCATE
public record PartitionSize(String name, Instant startsAt, Instant endsAt, long bytes) {}
