package io.tidemark.insight.journey;

import org.jspecify.annotations.Nullable;

/// A row of detail that is part of a session.
///
/// @param atMicros event time, in microseconds since 1970
/// @param userKey the person; 0 for nobody, who has a client's session
/// @param sessionId the client's; null when not said
/// @param isMeant whether it is the event that the question is about
record SessionRow(
    long atMicros, long userKey, @Nullable String sessionId, Happened happened, boolean isMeant) {}
