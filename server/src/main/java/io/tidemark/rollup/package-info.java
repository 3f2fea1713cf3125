/// Aggregates kept equal to the detail: SQL over the rows of new batches, merged in the transaction
/// that marks them done. Owns the rollup tables and the views under the names of the summaries.
@NullMarked
package io.tidemark.rollup;

import org.jspecify.annotations.NullMarked;
