/// The commands of the launcher: serve, demo, ask, import, key, rollup, sign-in.
@NullMarked
package io.tidemark.cli;

import org.jspecify.annotations.NullMarked;
