/// Monthly partitions of the fact tables: made ahead, made on the spot for late rows, bounded by
/// the retention policy.
@NullMarked
package io.tidemark.partition;

import org.jspecify.annotations.NullMarked;
