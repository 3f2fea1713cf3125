/// Trends: how often something happened and to how many people, interval by interval; told apart by
/// a property, compared with the time before, one series set against another. From rollups where
/// these can answer, else from detail; exact either way.
@NullMarked
package io.tidemark.insight.trend;

import org.jspecify.annotations.NullMarked;
