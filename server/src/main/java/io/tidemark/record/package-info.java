/// What is recorded, as plain immutable records: facts (events, funnel steps, metric samples, API
/// calls) and what is said of people and subscriptions. No I/O; uses no other package.
@NullMarked
package io.tidemark.record;

import org.jspecify.annotations.NullMarked;
