/// What the tests of all packages share: a real PostgreSQL, with a database of its own for each
/// test.
@NullMarked
package io.tidemark.testing;

import org.jspecify.annotations.NullMarked;
