/// The questions: live state, performance, funnels, sessions, refusals. Reads rollups where rollups
/// can answer, else detail.
@NullMarked
package io.tidemark.insight;

import org.jspecify.annotations.NullMarked;
