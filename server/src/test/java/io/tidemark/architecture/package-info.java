/// What the whole project keeps to: packages, settings, comments in the schema.
@NullMarked
package io.tidemark.architecture;

import org.jspecify.annotations.NullMarked;
