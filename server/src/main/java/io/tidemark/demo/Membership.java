package io.tidemark.demo;

import java.time.Instant;

/// A subscription that runs.
///
/// @param id the subscription's own id, kept when it is canceled
/// @param tier [Tier#PRO] or [Tier#PREMIUM]
record Membership(String id, Tier tier, Instant startedAt) {}
