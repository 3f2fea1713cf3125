/// Lifecycle: who is active in an interval is new, has come from the one before, or is back after a
/// pause; who was active in the one before and is not now is dormant. From the sets of people in
/// rollups where these can answer, else from detail; exact either way.
@NullMarked
package io.tidemark.insight.lifecycle;

import org.jspecify.annotations.NullMarked;
