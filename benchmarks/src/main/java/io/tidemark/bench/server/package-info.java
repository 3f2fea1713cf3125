/// The PostgreSQL and the Tidemark server that are measured, each started as processes of their own
/// and ended again.
@NullMarked
package io.tidemark.bench.server;

import org.jspecify.annotations.NullMarked;
