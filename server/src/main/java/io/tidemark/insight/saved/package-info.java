/// Questions and dashboards that people keep and share. Owns `saved_question`, `dashboard`,
/// `dashboard_question`, `share_link` and `kept_answer`.
@NullMarked
package io.tidemark.insight.saved;

import org.jspecify.annotations.NullMarked;
