/// `load`: thousands of people of the sample app at the same time, with Gatling, and what that
/// takes of the server.
@NullMarked
package io.tidemark.bench.load;

import org.jspecify.annotations.NullMarked;
