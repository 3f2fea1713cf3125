/// Performance against behaviour: how conversion goes with the latency that sessions met, and with
/// which slow endpoint the fewest conversions go. Associations of what was observed; nothing here
/// says what causes what. Read from detail.
@NullMarked
package io.tidemark.insight.performance;

import org.jspecify.annotations.NullMarked;
