/// The commands of the launcher: serve, demo, import, key, sign-in.
@NullMarked
package io.tidemark.cli;

import org.jspecify.annotations.NullMarked;
