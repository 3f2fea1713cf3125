package io.tidemark.insight.trend;

/// What happened in an interval.
///
/// @param eventsOfPeople those that name a person
/// @param people distinct
record TrendCounts(long events, long eventsOfPeople, long people) {

  static final TrendCounts NONE = new TrendCounts(0, 0, 0);
}
