/// Partitions by month, those of identities by day: made ahead, made on the spot for late rows,
/// bounded by the retention policy. No DEFAULT partition: a missing one within the policy is made,
/// a row beyond the policy is refused by name before it gets here.
@NullMarked
package io.tidemark.partition;

import org.jspecify.annotations.NullMarked;
