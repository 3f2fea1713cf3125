-- Aggregates by minute, hour and day (UTC), kept equal to the detail.
-- A distribution is two arrays: the values that stand for its buckets (log-spaced, so that each is within 1 % of what it
-- stands for) and how many samples fell into each. Percentiles are by nearest rank (percentile_disc). A row's own are sealed in
-- columns; merge the arrays for a range. Distinct people are sets of bits, never estimates.

-- Not STRICT, though null gives null: PostgreSQL would call it row by row instead of putting its expression in place, at
-- twenty times the cost.
CREATE FUNCTION histogram_bucket(value double precision) RETURNS real
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN abs(value) < 1e-30 THEN 0
    ELSE sign(value) * power(1.02::double precision, ceil(ln(least(abs(value), 1e30)) / ln(1.02::double precision))) * (2 / 2.02::double precision)
  END::real;
COMMENT ON FUNCTION histogram_bucket IS 'The value that stands for the bucket of a sample: at most 1 % away from it (ratio 1.02; sizes below 1e-30 count as 0, above 1e30 as 1e30)';

CREATE FUNCTION histogram_percentile(bucket_values real[], bucket_counts bigint[], fraction double precision) RETURNS real
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (
    SELECT min(value) FILTER (WHERE reached >= greatest(1, ceil(fraction * total)))
    FROM (SELECT value, sum(count) OVER (ORDER BY value) AS reached, sum(count) OVER () AS total
          FROM unnest(bucket_values, bucket_counts) AS bucket (value, count)) AS ranked);
COMMENT ON FUNCTION histogram_percentile IS 'Nearest-rank percentile of a distribution, within 1 %; fraction from 0 to 1. The arrays may be several rows'' arrays concatenated.';

CREATE TABLE api_rollup (
  bucket         timestamptz NOT NULL,
  requests       bigint NOT NULL,
  timed_requests bigint NOT NULL,
  client_errors  bigint NOT NULL,
  errors         bigint NOT NULL,
  cache_hits     bigint NOT NULL,
  cache_answers  bigint NOT NULL,
  total_ms       double precision NOT NULL,
  max_ms         double precision,
  p50_ms         real,
  p95_ms         real,
  p99_ms         real,
  grain          text NOT NULL,
  endpoint       text NOT NULL,
  method         text NOT NULL,
  latency_values real[] NOT NULL,
  latency_counts bigint[] NOT NULL,
  PRIMARY KEY (grain, bucket, endpoint, method)
) WITH (fillfactor = 70);
COMMENT ON TABLE api_rollup IS 'API calls by time, endpoint and method.';
COMMENT ON COLUMN api_rollup.requests IS 'Calls';
COMMENT ON COLUMN api_rollup.timed_requests IS 'Calls whose response time is known; means and percentiles are over these';
COMMENT ON COLUMN api_rollup.client_errors IS 'Calls answered with 400 to 499';
COMMENT ON COLUMN api_rollup.errors IS 'Calls answered with 500 or above';
COMMENT ON COLUMN api_rollup.cache_hits IS 'Calls answered by a cache';
COMMENT ON COLUMN api_rollup.cache_answers IS 'Calls that said whether a cache answered';
COMMENT ON COLUMN api_rollup.total_ms IS 'Sum of the response times in milliseconds; sizes above 1e30 count as 1e30';
COMMENT ON COLUMN api_rollup.max_ms IS 'Longest response time in milliseconds';
COMMENT ON COLUMN api_rollup.latency_values IS 'Distribution of response times: values that stand for its buckets, ascending';
COMMENT ON COLUMN api_rollup.latency_counts IS 'Distribution of response times: calls in each bucket';

CREATE TABLE metric_rollup (
  bucket        timestamptz NOT NULL,
  samples       bigint NOT NULL,
  total         double precision NOT NULL,
  smallest      double precision NOT NULL,
  largest       double precision NOT NULL,
  p50           real NOT NULL,
  p95           real NOT NULL,
  p99           real NOT NULL,
  grain         text NOT NULL,
  type          text NOT NULL,
  unit          text,
  sample_values real[] NOT NULL,
  sample_counts bigint[] NOT NULL,
  PRIMARY KEY (grain, bucket, type)
) WITH (fillfactor = 70);
COMMENT ON TABLE metric_rollup IS 'Metric samples by time and type.';
COMMENT ON COLUMN metric_rollup.samples IS 'Samples';
COMMENT ON COLUMN metric_rollup.total IS 'Sum of the values; sizes above 1e30 count as 1e30';
COMMENT ON COLUMN metric_rollup.smallest IS 'Smallest value';
COMMENT ON COLUMN metric_rollup.largest IS 'Largest value';
COMMENT ON COLUMN metric_rollup.type IS 'Which metric';
COMMENT ON COLUMN metric_rollup.unit IS 'The alphabetically last unit that samples named; null when none did';
COMMENT ON COLUMN metric_rollup.sample_values IS 'Distribution of the samples: values that stand for its buckets, ascending';
COMMENT ON COLUMN metric_rollup.sample_counts IS 'Distribution of the samples: samples in each bucket';

CREATE TABLE event_rollup (
  bucket     timestamptz NOT NULL,
  events     bigint NOT NULL,
  grain      text NOT NULL,
  event_type text NOT NULL,
  PRIMARY KEY (grain, bucket, event_type)
) WITH (fillfactor = 70);
COMMENT ON TABLE event_rollup IS 'User events by time and type.';
COMMENT ON COLUMN event_rollup.events IS 'Events';
COMMENT ON COLUMN event_rollup.event_type IS 'What happened';

CREATE TABLE funnel_rollup (
  bucket      timestamptz NOT NULL,
  completions bigint NOT NULL,
  grain       text NOT NULL,
  step        text NOT NULL,
  PRIMARY KEY (grain, bucket, step)
) WITH (fillfactor = 70);
COMMENT ON TABLE funnel_rollup IS 'Completed funnel steps by time and step.';
COMMENT ON COLUMN funnel_rollup.completions IS 'How often the step was completed';
COMMENT ON COLUMN funnel_rollup.step IS 'The step';

CREATE TABLE people_rollup (
  bucket timestamptz NOT NULL,
  chunk  bigint NOT NULL,
  grain  text NOT NULL,
  fact   text NOT NULL,
  key    text NOT NULL,
  people bit(4096) NOT NULL,
  PRIMARY KEY (grain, bucket, fact, key, chunk)
) WITH (fillfactor = 50);
ALTER TABLE people_rollup ALTER COLUMN people SET STORAGE MAIN;
COMMENT ON TABLE people_rollup IS 'Which people, exactly, by time and key: merge with bit_or, count with bit_count.';
COMMENT ON COLUMN people_rollup.fact IS 'Name of the fact table';
COMMENT ON COLUMN people_rollup.key IS 'Event type, funnel step, metric type; empty for API calls';
COMMENT ON COLUMN people_rollup.chunk IS 'user_key / 4096';
COMMENT ON COLUMN people_rollup.people IS 'Bit user_key % 4096 is set for everyone who is in';

CREATE TABLE person_activity (
  user_key   bigint NOT NULL,
  events     bigint NOT NULL,
  last_at    timestamptz NOT NULL,
  event_type text NOT NULL,
  PRIMARY KEY (user_key, event_type)
) WITH (fillfactor = 70);
COMMENT ON TABLE person_activity IS 'User events of each person by type, over all time.';
COMMENT ON COLUMN person_activity.user_key IS 'The person (app_user)';
COMMENT ON COLUMN person_activity.events IS 'Events';
COMMENT ON COLUMN person_activity.last_at IS 'Event time of the latest';
COMMENT ON COLUMN person_activity.event_type IS 'What happened';

CREATE TABLE engagement_weight (
  event_type text PRIMARY KEY,
  weight     double precision NOT NULL
);
COMMENT ON TABLE engagement_weight IS 'What an event counts for in the engagement score, as configured; types not listed count 1. Written at each start.';
COMMENT ON COLUMN engagement_weight.event_type IS 'What happened';
COMMENT ON COLUMN engagement_weight.weight IS 'Points for one event';

DO $$
DECLARE
  rollup text;
BEGIN
  FOREACH rollup IN ARRAY ARRAY['api_rollup', 'metric_rollup', 'event_rollup', 'funnel_rollup', 'people_rollup'] LOOP
    EXECUTE format('COMMENT ON COLUMN %I.grain IS %L', rollup, 'minute, hour or day');
    EXECUTE format('COMMENT ON COLUMN %I.bucket IS %L', rollup, 'Start of the minute, hour or day (UTC)');
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (grain IN (''minute'', ''hour'', ''day''))', rollup, rollup || '_grain');
  END LOOP;
END
$$;
COMMENT ON COLUMN api_rollup.endpoint IS 'Path or route of the calls';
COMMENT ON COLUMN api_rollup.method IS 'HTTP method';
COMMENT ON COLUMN api_rollup.p50_ms IS 'Median of this row, nearest rank, within 1 %';
COMMENT ON COLUMN api_rollup.p95_ms IS '95th percentile of this row, nearest rank, within 1 %';
COMMENT ON COLUMN api_rollup.p99_ms IS '99th percentile of this row, nearest rank, within 1 %';
COMMENT ON COLUMN metric_rollup.p50 IS 'Median of this row, nearest rank, within 1 %';
COMMENT ON COLUMN metric_rollup.p95 IS '95th percentile of this row, nearest rank, within 1 %';
COMMENT ON COLUMN metric_rollup.p99 IS '99th percentile of this row, nearest rank, within 1 %';
