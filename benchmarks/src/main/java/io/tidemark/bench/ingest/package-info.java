/// `bench ingest`: how fast rows are stored, by Tidemark and by what one would do without it, in
/// one run that alternates.
///
/// A [Contender] is one way of storing rows. [Drive] keeps its senders busy, [Gauge] reads the
/// machine before and after, [IngestRun] alternates, [IngestReport] prints.
@NullMarked
package io.tidemark.bench.ingest;

import org.jspecify.annotations.NullMarked;
