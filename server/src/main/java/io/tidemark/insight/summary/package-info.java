/// Questions that have an address of their own, `/api/v1/insights/…`, and those of them that can be
/// asked as documents too.
@NullMarked
package io.tidemark.insight.summary;

import org.jspecify.annotations.NullMarked;
