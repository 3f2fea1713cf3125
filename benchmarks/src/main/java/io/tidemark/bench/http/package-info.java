/// The least of HTTP that a load generator needs.
@NullMarked
package io.tidemark.bench.http;

import org.jspecify.annotations.NullMarked;
