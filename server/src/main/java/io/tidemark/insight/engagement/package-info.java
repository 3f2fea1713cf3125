/// Engagement: what people's events weigh together, with its parts shown, of single people and of
/// all as a distribution. Over all time from rollups, over a range from detail.
@NullMarked
package io.tidemark.insight.engagement;

import org.jspecify.annotations.NullMarked;
