/// Questions and dashboards that people keep and share. Owns `saved_question`, `dashboard`,
/// `dashboard_question` and `share_link`.
@NullMarked
package io.tidemark.insight.saved;

import org.jspecify.annotations.NullMarked;
