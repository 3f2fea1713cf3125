/// The rows that benchmarks store: what they are, how they are sent to Tidemark and how they lie in
/// the schema that it is compared with.
@NullMarked
package io.tidemark.bench.rows;

import org.jspecify.annotations.NullMarked;
