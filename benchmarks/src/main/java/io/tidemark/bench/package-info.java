/// Measures Tidemark from outside: the commands `bench` and `load`. Nothing here is part of the
/// server.
@NullMarked
package io.tidemark.bench;

import org.jspecify.annotations.NullMarked;
