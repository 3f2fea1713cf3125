/// Tidemark: one jar that takes in, keeps and answers product and performance analytics.
@NullMarked
package io.tidemark;

import org.jspecify.annotations.NullMarked;
