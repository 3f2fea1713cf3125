/// Questions that rollups answer, as documents: the same answers as those of `/api/v1/insights/…`.
@NullMarked
package io.tidemark.insight.summary;

import org.jspecify.annotations.NullMarked;
