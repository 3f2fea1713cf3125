/// What people do one thing after the other: their sessions, one person's journey, and the paths to
/// and from an event.
///
/// A session is the client's, where its rows name one, of one person, for as long as it is never
/// silent for more than 24 hours. A person's other rows are in sessions made of them: these end
/// with more than 30 minutes of silence, and after 24 hours. All in event time, across midnights. A
/// session belongs to the time in which it begins. Read from detail.
@NullMarked
package io.tidemark.insight.journey;

import org.jspecify.annotations.NullMarked;
