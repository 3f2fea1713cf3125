-- What keeps rollups true when detail changes other than by new rows: hours to be counted anew, and what a comparison found.

CREATE FUNCTION rollup_lock() RETURNS bigint
  LANGUAGE sql STABLE
  RETURN hashtext(current_schema() || ' rollup');
COMMENT ON FUNCTION rollup_lock IS 'Key of the advisory lock that whoever changes rollups, or takes detail away, holds until the end of its transaction';

CREATE TABLE rollup_stale_hour (
  hour      timestamptz NOT NULL,
  marked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  fact      text NOT NULL,
  reason    text NOT NULL,
  PRIMARY KEY (fact, hour),
  CONSTRAINT rollup_stale_hour_reason_is_known CHECK (reason IN ('removal', 'rebuild')),
  CONSTRAINT rollup_stale_hour_is_whole CHECK (hour = date_bin('1 hour', hour, 'epoch'))
);
COMMENT ON TABLE rollup_stale_hour IS 'Hours whose rollups are to be counted anew from detail. A row leaves in the transaction that has done it.';
COMMENT ON COLUMN rollup_stale_hour.hour IS 'Start of the hour (UTC)';
COMMENT ON COLUMN rollup_stale_hour.marked_at IS 'Since when';
COMMENT ON COLUMN rollup_stale_hour.fact IS 'Name of the fact table';
COMMENT ON COLUMN rollup_stale_hour.reason IS 'removal: detail was taken away; rebuild: somebody asked for it';

CREATE TABLE rollup_difference (
  bucket      timestamptz,
  found_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  fact        text NOT NULL,
  rollup      text NOT NULL,
  grain       text,
  key         text NOT NULL,
  column_name text NOT NULL,
  kept        text,
  expected    text
);
CREATE INDEX rollup_difference_fact ON rollup_difference (fact, bucket);
COMMENT ON TABLE rollup_difference IS 'Where a comparison found rollups to differ from detail, until they are counted anew or found equal. At most 100 for each hour or day compared.';
COMMENT ON COLUMN rollup_difference.bucket IS 'Start of the minute, hour or day (UTC); null for person_activity';
COMMENT ON COLUMN rollup_difference.found_at IS 'When it was found';
COMMENT ON COLUMN rollup_difference.fact IS 'Name of the fact table';
COMMENT ON COLUMN rollup_difference.rollup IS 'Name of the rollup';
COMMENT ON COLUMN rollup_difference.grain IS 'minute, hour or day; null for person_activity';
COMMENT ON COLUMN rollup_difference.key IS 'Which row of that bucket';
COMMENT ON COLUMN rollup_difference.column_name IS 'What differs';
COMMENT ON COLUMN rollup_difference.kept IS 'What the rollup says; null when it lacks the row';
COMMENT ON COLUMN rollup_difference.expected IS 'What detail says; null when it has nothing there';

-- The lock comes first: no refresh may count a row that is gone when it commits.
CREATE FUNCTION remove_detail_of_person(person bigint) RETURNS bigint
  LANGUAGE plpgsql
AS $$
DECLARE
  fact_table text;
  removed    bigint;
  total      bigint := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(rollup_lock());
  FOREACH fact_table IN ARRAY ARRAY['user_event', 'conversion_funnel', 'performance_metric', 'api_response_time'] LOOP
    EXECUTE format(
      'WITH gone AS (
         DELETE FROM %I WHERE user_key = $1 RETURNING ts
       ), marked AS (
         INSERT INTO rollup_stale_hour AS known (fact, hour, reason)
         SELECT $2, hour, ''removal'' FROM (SELECT DISTINCT date_bin(''1 hour'', ts, ''epoch'') AS hour FROM gone) AS touched
         ON CONFLICT (fact, hour) DO UPDATE SET reason = excluded.reason
       )
       SELECT count(*) FROM gone', fact_table || '_detail')
      INTO removed USING person, fact_table;
    total := total + removed;
  END LOOP;
  DELETE FROM person_activity WHERE user_key = person;
  RETURN total;
END
$$;
COMMENT ON FUNCTION remove_detail_of_person IS 'Takes a person''s rows out of detail, for good, and has the rollups counted anew without them within seconds; returns how many rows. Names and traits stay in app_user.';

-- All endpoints together, so that the percentiles of an hour or a day are read and not merged.
CREATE TABLE api_total_rollup (LIKE api_rollup INCLUDING COMMENTS INCLUDING CONSTRAINTS) WITH (fillfactor = 70);
ALTER TABLE api_total_rollup DROP COLUMN endpoint, DROP COLUMN method;
ALTER TABLE api_total_rollup ADD PRIMARY KEY (grain, bucket);
COMMENT ON TABLE api_total_rollup IS 'API calls by time, all endpoints together.';

INSERT INTO api_total_rollup
  (grain, bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms,
   latency_values, latency_counts, p50_ms, p95_ms, p99_ms)
SELECT grain, bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms,
       latency_values, latency_counts, percentiles[1], percentiles[2], percentiles[3]
FROM (SELECT grain, bucket, sum(requests)::bigint AS requests, sum(timed_requests)::bigint AS timed_requests,
             sum(client_errors)::bigint AS client_errors, sum(errors)::bigint AS errors,
             sum(cache_hits)::bigint AS cache_hits, sum(cache_answers)::bigint AS cache_answers,
             sum(total_ms) AS total_ms, max(max_ms) AS max_ms
      FROM api_rollup GROUP BY grain, bucket) AS total
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(value ORDER BY value), '{}') AS latency_values, coalesce(array_agg(count ORDER BY value), '{}') AS latency_counts
  FROM (SELECT value, sum(count)::bigint AS count
        FROM api_rollup, unnest(latency_values, latency_counts) AS latency (value, count)
        WHERE grain = total.grain AND bucket = total.bucket GROUP BY value) AS merged
) AS distribution
CROSS JOIN LATERAL histogram_percentiles(latency_values, latency_counts, '{0.50, 0.95, 0.99}') AS percentiles;

CREATE OR REPLACE VIEW daily_performance_summary AS
SELECT (bucket AT TIME ZONE 'UTC')::date AS date,
       total_ms / nullif(timed_requests, 0) AS avg_response_time,
       p95_ms AS p95_response_time,
       p99_ms AS p99_response_time,
       requests AS total_requests,
       errors::double precision / requests::double precision AS error_rate,
       cache_hits::double precision / nullif(cache_answers, 0)::double precision AS cache_hit_rate
FROM api_total_rollup WHERE grain = 'day';
