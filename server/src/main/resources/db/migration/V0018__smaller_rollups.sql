-- Rollups in less room: distributions that are packed say how far it is from bucket to bucket (mostly one or two) instead of the value of
-- each, and the total of all calls is packed as well. A person's events are one array and their sum. What is kept already is written anew.

-- Buckets have numbers: 0 for zero, above it those of positive values in their order, below it the same of negative ones.

CREATE FUNCTION histogram_place(value real) RETURNS smallint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN value = 0 THEN 0
    ELSE sign(value) * (3489 + round(ln(abs(value::double precision) * (2.02::double precision / 2)) / ln(1.02::double precision)))
  END::smallint;
COMMENT ON FUNCTION histogram_place IS 'The number of the bucket that a value stands for, -6978 to 6978, ascending with the value';

CREATE FUNCTION histogram_value(place integer) RETURNS real
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN place = 0 THEN 0
    ELSE sign(place) * power(1.02::double precision, abs(place) - 3489) * (2 / 2.02::double precision)
  END::real;
COMMENT ON FUNCTION histogram_value IS 'The value that stands for the bucket of a number, as histogram_bucket gives it: undoes histogram_place';

CREATE FUNCTION histogram_steps(bucket_values real[]) RETURNS smallint[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT coalesce(array_agg(place - place_before), '{}')
    FROM (SELECT place, coalesce(lag(place) OVER (), 0::smallint) AS place_before
          FROM (SELECT histogram_place(value) AS place FROM unnest(bucket_values) AS value) AS numbered) AS step);
COMMENT ON FUNCTION histogram_steps IS 'Values of a distribution as numbers of their buckets: the first, then how far it is from each to the next';

CREATE FUNCTION histogram_values(steps smallint[]) RETURNS real[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT coalesce(array_agg(histogram_value(place)), '{}')
    FROM (SELECT (sum(step) OVER (ROWS UNBOUNDED PRECEDING))::integer AS place FROM unnest(steps) AS step) AS numbered);
COMMENT ON FUNCTION histogram_values IS 'The values of a distribution whose steps are kept: undoes histogram_steps';

ALTER TABLE api_rollup_packed RENAME TO api_rollup_packed_by_value;
CREATE TABLE api_rollup_packed (
  bucket         timestamptz NOT NULL,
  slot           integer NOT NULL,
  grain          text NOT NULL,
  requests       integer[] NOT NULL,
  timed_requests integer[] NOT NULL,
  client_errors  integer[] NOT NULL,
  errors         integer[] NOT NULL,
  cache_hits     integer[] NOT NULL,
  cache_answers  integer[] NOT NULL,
  total_ms       double precision[] NOT NULL,
  max_ms         double precision[] NOT NULL,
  p50_ms         real[] NOT NULL,
  p95_ms         real[] NOT NULL,
  p99_ms         real[] NOT NULL,
  endpoint       text[] NOT NULL,
  method         text[] NOT NULL,
  latency_end    integer[] NOT NULL,
  latency_steps  smallint[] NOT NULL,
  latency_counts integer[] NOT NULL,
  CONSTRAINT api_rollup_packed_grain CHECK (grain IN ('minute', 'hour', 'day'))
) WITH (toast_tuple_target = 3000);
INSERT INTO api_rollup_packed
SELECT bucket, slot, grain, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms,
       endpoint, method, latency_end,
       (SELECT array_concat(histogram_steps(whole.latency_values[kept.latency_end - kept.latency_buckets + 1 : kept.latency_end]) ORDER BY place)
        FROM (SELECT packed.latency_values || '{}'::real[] AS latency_values OFFSET 0) AS whole,
             unnest(packed.latency_buckets, packed.latency_end) WITH ORDINALITY AS kept (latency_buckets, latency_end, place)),
       latency_counts
FROM api_rollup_packed_by_value AS packed
ORDER BY grain, bucket, slot;

ALTER TABLE metric_rollup_packed RENAME TO metric_rollup_packed_by_value;
CREATE TABLE metric_rollup_packed (
  bucket        timestamptz NOT NULL,
  slot          integer NOT NULL,
  grain         text NOT NULL,
  samples       integer[] NOT NULL,
  total         double precision[] NOT NULL,
  smallest      double precision[] NOT NULL,
  largest       double precision[] NOT NULL,
  p50           real[] NOT NULL,
  p95           real[] NOT NULL,
  p99           real[] NOT NULL,
  type          text[] NOT NULL,
  unit          text[] NOT NULL,
  sample_end    integer[] NOT NULL,
  sample_steps  smallint[] NOT NULL,
  sample_counts integer[] NOT NULL,
  CONSTRAINT metric_rollup_packed_grain CHECK (grain IN ('minute', 'hour', 'day'))
) WITH (toast_tuple_target = 2000);
INSERT INTO metric_rollup_packed
SELECT bucket, slot, grain, samples, total, smallest, largest, p50, p95, p99, type, unit, sample_end,
       (SELECT array_concat(histogram_steps(whole.sample_values[kept.sample_end - kept.sample_buckets + 1 : kept.sample_end]) ORDER BY place)
        FROM (SELECT packed.sample_values || '{}'::real[] AS sample_values OFFSET 0) AS whole,
             unnest(packed.sample_buckets, packed.sample_end) WITH ORDINALITY AS kept (sample_buckets, sample_end, place)),
       sample_counts
FROM metric_rollup_packed_by_value AS packed
ORDER BY grain, bucket, slot;

ALTER TABLE api_total_rollup RENAME TO api_total_rollup_unpacked;
ALTER TABLE api_total_rollup_unpacked RENAME CONSTRAINT api_total_rollup_pkey TO api_total_rollup_unpacked_pkey;
ALTER TABLE api_total_rollup_unpacked RENAME CONSTRAINT api_rollup_grain TO api_total_rollup_unpacked_grain;
CREATE TABLE api_total_rollup_packed (
  bucket         timestamptz NOT NULL,
  requests       integer NOT NULL,
  timed_requests integer NOT NULL,
  client_errors  integer NOT NULL,
  errors         integer NOT NULL,
  cache_hits     integer NOT NULL,
  cache_answers  integer NOT NULL,
  p50_ms         real,
  p95_ms         real,
  p99_ms         real,
  total_ms       double precision NOT NULL,
  max_ms         double precision,
  grain          text NOT NULL,
  latency_steps  smallint[] NOT NULL,
  latency_counts integer[] NOT NULL,
  PRIMARY KEY (grain, bucket),
  CONSTRAINT api_total_rollup_packed_grain CHECK (grain IN ('minute', 'hour', 'day'))
);

-- Days are packed as well, but for sets of people.
ALTER TABLE event_rollup_packed DROP CONSTRAINT event_rollup_packed_grain_check,
  ADD CONSTRAINT event_rollup_packed_grain CHECK (grain IN ('minute', 'hour', 'day'));
ALTER TABLE funnel_rollup_packed DROP CONSTRAINT funnel_rollup_packed_grain_check,
  ADD CONSTRAINT funnel_rollup_packed_grain CHECK (grain IN ('minute', 'hour', 'day'));

-- Rows by key, and distributions as they are kept: reading steps is far cheaper than making values of them. The types of both kinds of rows are the
-- same, or PostgreSQL would read all columns for each row.

CREATE VIEW api_rollup_as_kept AS
SELECT bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms, grain, endpoint, method,
       latency_values, NULL::smallint[] AS latency_steps, latency_counts, false AS is_packed
FROM api_rollup_unpacked
UNION ALL
SELECT bucket, kept.requests::bigint, kept.timed_requests::bigint, kept.client_errors::bigint, kept.errors::bigint,
       kept.cache_hits::bigint, kept.cache_answers::bigint, kept.total_ms, kept.max_ms, kept.p50_ms, kept.p95_ms, kept.p99_ms,
       grain, kept.endpoint, kept.method,
       NULL::real[], whole.latency_steps[kept.latency_begin + 1 : kept.latency_end],
       whole.latency_counts[kept.latency_begin + 1 : kept.latency_end]::bigint[], true
FROM api_rollup_packed AS packed
CROSS JOIN LATERAL (SELECT packed.latency_steps || '{}'::smallint[] AS latency_steps, packed.latency_counts || '{}'::integer[] AS latency_counts OFFSET 0) AS whole
CROSS JOIN LATERAL unnest(packed.requests, packed.timed_requests, packed.client_errors, packed.errors, packed.cache_hits, packed.cache_answers,
                          packed.total_ms, packed.max_ms, packed.p50_ms, packed.p95_ms, packed.p99_ms, packed.endpoint, packed.method,
                          trim_array(array_prepend(0, packed.latency_end), 1), packed.latency_end)
  AS kept (requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms,
           endpoint, method, latency_begin, latency_end);

CREATE OR REPLACE VIEW api_rollup_from_packed AS
SELECT bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms, grain, endpoint, method,
       histogram_values(latency_steps) AS latency_values, latency_counts
FROM api_rollup_as_kept WHERE is_packed;

CREATE VIEW api_total_rollup_as_kept AS
SELECT bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms, grain,
       latency_values, NULL::smallint[] AS latency_steps, latency_counts, false AS is_packed
FROM api_total_rollup_unpacked
UNION ALL
SELECT bucket, requests::bigint, timed_requests::bigint, client_errors::bigint, errors::bigint, cache_hits::bigint, cache_answers::bigint,
       total_ms, max_ms, p50_ms, p95_ms, p99_ms, grain,
       NULL::real[], latency_steps, latency_counts::bigint[], true
FROM api_total_rollup_packed;

CREATE VIEW api_total_rollup_from_packed AS
SELECT bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms, grain,
       histogram_values(latency_steps) AS latency_values, latency_counts
FROM api_total_rollup_as_kept WHERE is_packed;

CREATE VIEW api_total_rollup AS SELECT * FROM api_total_rollup_unpacked UNION ALL SELECT * FROM api_total_rollup_from_packed;

CREATE VIEW metric_rollup_as_kept AS
SELECT bucket, samples, total, smallest, largest, p50, p95, p99, grain, type, unit,
       sample_values, NULL::smallint[] AS sample_steps, sample_counts, false AS is_packed
FROM metric_rollup_unpacked
UNION ALL
SELECT bucket, kept.samples::bigint, kept.total, kept.smallest, kept.largest, kept.p50, kept.p95, kept.p99, grain, kept.type, kept.unit,
       NULL::real[], whole.sample_steps[kept.sample_begin + 1 : kept.sample_end], whole.sample_counts[kept.sample_begin + 1 : kept.sample_end]::bigint[], true
FROM metric_rollup_packed AS packed
CROSS JOIN LATERAL (SELECT packed.sample_steps || '{}'::smallint[] AS sample_steps, packed.sample_counts || '{}'::integer[] AS sample_counts OFFSET 0) AS whole
CROSS JOIN LATERAL unnest(packed.samples, packed.total, packed.smallest, packed.largest, packed.p50, packed.p95, packed.p99, packed.type, packed.unit,
                          trim_array(array_prepend(0, packed.sample_end), 1), packed.sample_end)
  AS kept (samples, total, smallest, largest, p50, p95, p99, type, unit, sample_begin, sample_end);

CREATE OR REPLACE VIEW metric_rollup_from_packed AS
SELECT bucket, samples, total, smallest, largest, p50, p95, p99, grain, type, unit, histogram_values(sample_steps) AS sample_values, sample_counts
FROM metric_rollup_as_kept WHERE is_packed;

CREATE OR REPLACE VIEW daily_performance_summary AS
SELECT (bucket AT TIME ZONE 'UTC')::date AS date,
       total_ms / nullif(timed_requests, 0) AS avg_response_time,
       p95_ms AS p95_response_time,
       p99_ms AS p99_response_time,
       requests AS total_requests,
       errors::double precision / requests::double precision AS error_rate,
       cache_hits::double precision / nullif(cache_answers, 0)::double precision AS cache_hit_rate
FROM api_total_rollup WHERE grain = 'day';

DROP TABLE api_rollup_packed_by_value;
DROP TABLE metric_rollup_packed_by_value;
ALTER TABLE api_rollup_packed ADD PRIMARY KEY (grain, bucket, slot);
ALTER TABLE metric_rollup_packed ADD PRIMARY KEY (grain, bucket, slot);

-- What the unpacked rows say of themselves, packed ones and views say too.
DO $$
DECLARE
  rollup text;
BEGIN
  FOREACH rollup IN ARRAY ARRAY['api', 'api_total', 'metric'] LOOP
    EXECUTE format('COMMENT ON TABLE %I IS %L', rollup || '_rollup_packed', format('Rows of %s_rollup, packed.', rollup));
    EXECUTE format('COMMENT ON VIEW %I IS %L', rollup || '_rollup_as_kept',
                   format('The rows of %s_rollup, with distributions as they are kept: values, or steps where packed.', rollup));
    EXECUTE (
      SELECT string_agg(format('COMMENT ON COLUMN %I.%I IS %L', relation.relname, relation.attname,
                               CASE WHEN relation.relname LIKE '%_packed' AND relation.attndims > 0 AND rollup <> 'api_total' THEN 'For each key: ' ELSE '' END || said), '; ')
      FROM (SELECT attname, col_description(attrelid, attnum) AS said FROM pg_attribute
            WHERE attrelid = (rollup || '_rollup_unpacked')::regclass AND attnum > 0 AND NOT attisdropped) AS unpacked
      JOIN (SELECT relname, attname, attndims FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relname IN (rollup || '_rollup', rollup || '_rollup_from_packed', rollup || '_rollup_packed', rollup || '_rollup_as_kept')
              AND relnamespace = current_schema()::regnamespace AND attnum > 0) AS relation USING (attname)
    );
    EXECUTE format('COMMENT ON COLUMN %I.is_packed IS %L', rollup || '_rollup_as_kept', 'Whether the row is packed');
  END LOOP;
END
$$;
COMMENT ON TABLE api_total_rollup_unpacked IS 'Rows of api_total_rollup that are not packed.';
COMMENT ON VIEW api_total_rollup IS 'API calls by time, all endpoints together.';
COMMENT ON VIEW api_total_rollup_from_packed IS 'The rows of api_total_rollup that are packed, as rows of api_total_rollup.';
COMMENT ON COLUMN api_rollup_packed.slot IS 'Which 256 of its keys: from 0';
COMMENT ON COLUMN api_rollup_packed.latency_end IS 'For each key: which entry of latency_steps and latency_counts is its last';
COMMENT ON COLUMN api_rollup_packed.latency_steps IS 'Distributions of response times, one key after the other: numbers of buckets (histogram_value), each as the distance from the key''s one before';
COMMENT ON COLUMN api_rollup_packed.latency_counts IS 'Distributions of response times, one key after the other: calls in each bucket';
COMMENT ON COLUMN api_total_rollup_packed.latency_steps IS 'Distribution of response times: numbers of its buckets (histogram_value), each as the distance from the one before';
COMMENT ON COLUMN metric_rollup_packed.slot IS 'Which 256 of its keys: from 0';
COMMENT ON COLUMN metric_rollup_packed.sample_end IS 'For each key: which entry of sample_steps and sample_counts is its last';
COMMENT ON COLUMN metric_rollup_packed.sample_steps IS 'Distributions of samples, one key after the other: numbers of buckets (histogram_value), each as the distance from the key''s one before';
COMMENT ON COLUMN metric_rollup_packed.sample_counts IS 'Distributions of samples, one key after the other: samples in each bucket';
COMMENT ON COLUMN api_rollup_as_kept.latency_values IS 'Distribution of response times where it is not packed: values that stand for its buckets, ascending';
COMMENT ON COLUMN api_rollup_as_kept.latency_steps IS 'Distribution of response times where it is packed: numbers of its buckets (histogram_value), each as the distance from the one before';
COMMENT ON COLUMN api_total_rollup_as_kept.latency_values IS 'Distribution of response times where it is not packed: values that stand for its buckets, ascending';
COMMENT ON COLUMN api_total_rollup_as_kept.latency_steps IS 'Distribution of response times where it is packed: numbers of its buckets (histogram_value), each as the distance from the one before';
COMMENT ON COLUMN metric_rollup_as_kept.sample_values IS 'Distribution of the samples where it is not packed: values that stand for its buckets, ascending';
COMMENT ON COLUMN metric_rollup_as_kept.sample_steps IS 'Distribution of the samples where it is packed: numbers of its buckets (histogram_value), each as the distance from the one before';

-- The score of everyone needs the sum and the few types that weigh something else than 1: not each type of each person.

ALTER TABLE person_events RENAME TO person_events_in_two_arrays;
ALTER TABLE person_events_in_two_arrays RENAME CONSTRAINT person_events_pkey TO person_events_in_two_arrays_pkey;
CREATE TABLE person_events (
  user_key     bigint NOT NULL,
  last_at      timestamptz NOT NULL,
  total_events integer NOT NULL,
  events       integer[] NOT NULL
) WITH (fillfactor = 90);
COMMENT ON TABLE person_events IS 'User events of each person, over all time. Counts stop at 2147483647.';
COMMENT ON COLUMN person_events.user_key IS 'The person (app_user)';
COMMENT ON COLUMN person_events.last_at IS 'Event time of the latest';
COMMENT ON COLUMN person_events.total_events IS 'How many';
COMMENT ON COLUMN person_events.events IS 'Of which types (fact_kind), ascending; then how many of each of these, in the same order';

INSERT INTO person_events (user_key, last_at, total_events, events)
SELECT user_key, last_at, (SELECT least(sum(count), 2147483647) FROM unnest(events) AS count), event_kinds || events
FROM person_events_in_two_arrays ORDER BY user_key;
ALTER TABLE person_events ADD PRIMARY KEY (user_key);

CREATE FUNCTION events_of_kind(events integer[], kind_id integer) RETURNS integer
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN array_position(events, kind_id) <= cardinality(events) / 2 THEN events[array_position(events, kind_id) + cardinality(events) / 2]
    ELSE 0
  END;
COMMENT ON FUNCTION events_of_kind IS 'How many events of a type (fact_kind) a row of person_events says';

CREATE OR REPLACE VIEW user_engagement_scores AS
WITH weighted AS MATERIALIZED (
  SELECT kind_id, weight FROM engagement_weight JOIN fact_kind ON fact = 'user_event' AND name = event_type WHERE weight <> 1
)
SELECT user_key, total_events::bigint AS total_events,
       total_events + coalesce((SELECT sum(weight * events_of_kind(events, kind_id)) - sum(events_of_kind(events, kind_id)) FROM weighted), 0) AS engagement_score,
       last_at AS last_activity
FROM person_events;

CREATE OR REPLACE VIEW person_activity AS
SELECT user_key, counted.events::bigint AS events, last_at, name AS event_type
FROM person_events
CROSS JOIN LATERAL unnest(person_events.events[: cardinality(person_events.events) / 2], person_events.events[cardinality(person_events.events) / 2 + 1 :])
  AS counted (kind_id, events)
JOIN fact_kind USING (kind_id);

DROP TABLE person_events_in_two_arrays;
