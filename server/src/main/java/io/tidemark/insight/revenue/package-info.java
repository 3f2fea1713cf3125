/// Revenue of subscriptions: what led to those that began, each attributed once, and which began,
/// ended and changed. Currencies are never added together. From detail and what is known of
/// subscriptions.
@NullMarked
package io.tidemark.insight.revenue;

import org.jspecify.annotations.NullMarked;
