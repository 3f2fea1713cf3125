/// Retention: of the people who began in an interval, how many came back in each that followed.
/// From the sets of people in rollups where these can answer, else from detail; exact either way.
@NullMarked
package io.tidemark.insight.retention;

import org.jspecify.annotations.NullMarked;
