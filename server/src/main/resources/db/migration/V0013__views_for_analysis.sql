-- Views for business analysis, and functions that answer for any range of time: for psql, Grafana, Metabase.
-- Views show people by user_key; names stay in app_user. Each side of a comparison is aggregated before it meets the other, so
-- that no row counts twice. A WHERE on date or user_key reaches what is read.
-- Function bodies are bound to their tables here, so that they work under any search_path.

CREATE TABLE insight_setting (
  setting text NOT NULL,
  value   text NOT NULL,
  PRIMARY KEY (setting, value)
);
COMMENT ON TABLE insight_setting IS 'What views need to know of the app, as configured under tidemark.insight; a setting that is a list has a row for each entry. Written at each start.';
COMMENT ON COLUMN insight_setting.setting IS 'The last part of the setting''s name, such as converting-steps';
COMMENT ON COLUMN insight_setting.value IS 'Its value';

-- Rollups that an earlier version has made may lack minutes already.
CREATE TABLE rollup_horizon (
  only_one      boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  minutes_since timestamptz NOT NULL
);
INSERT INTO rollup_horizon (minutes_since)
SELECT CASE WHEN EXISTS (SELECT FROM people_rollup UNION ALL SELECT FROM api_rollup UNION ALL SELECT FROM metric_rollup)
            THEN now() ELSE '-infinity' END;
COMMENT ON TABLE rollup_horizon IS 'One row: how far back rollups by the minute are whole.';
COMMENT ON COLUMN rollup_horizon.only_one IS 'Keeps it at one row';
COMMENT ON COLUMN rollup_horizon.minutes_since IS 'Rollups by the minute may have been deleted before this time';

CREATE FUNCTION require(condition boolean, otherwise text) RETURNS boolean
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
  IF condition IS NOT TRUE THEN
    RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = otherwise;
  END IF;
  RETURN true;
END
$$;
COMMENT ON FUNCTION require IS 'True, or an error with that message: how the functions for analysis refuse their parameters';

-- Sets of people in chunks of 32,768 instead of 4,096: PostgreSQL compresses rows above 2 kB, and a set of few people to a few
-- bytes for each. The view that reads them is made anew below; until then it must not hold on to the column.

CREATE OR REPLACE VIEW funnel_completion_rates AS
SELECT (bucket AT TIME ZONE 'UTC')::date AS date, step, completions AS step_completions, 0::bigint AS unique_users
FROM funnel_rollup WHERE grain = 'day';

CREATE TEMPORARY TABLE wider_people ON COMMIT DROP AS
SELECT grain, bucket, fact, key, chunk / 8 AS chunk,
       (
        coalesce(bit_or(people) FILTER (WHERE chunk % 8 = 0), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE chunk % 8 = 1), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE chunk % 8 = 2), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE chunk % 8 = 3), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE chunk % 8 = 4), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE chunk % 8 = 5), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE chunk % 8 = 6), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE chunk % 8 = 7), 0::bit(4096))
       )::bit(32768) AS people
FROM people_rollup
GROUP BY grain, bucket, fact, key, chunk / 8;
TRUNCATE people_rollup;
ALTER TABLE people_rollup ALTER COLUMN people TYPE bit(32768), SET (fillfactor = 90);
INSERT INTO people_rollup (grain, bucket, fact, key, chunk, people)
SELECT grain, bucket, fact, key, chunk, people FROM wider_people ORDER BY grain, bucket, fact, key, chunk;
COMMENT ON COLUMN people_rollup.chunk IS 'user_key / 32768';
COMMENT ON COLUMN people_rollup.people IS 'Bit user_key % 32768 is set for everyone who is in';

-- The same views as before, with plans that read only the days asked for.

CREATE OR REPLACE VIEW daily_performance_summary AS
SELECT (bucket AT TIME ZONE 'UTC')::date AS date,
       total_ms / nullif(timed_requests, 0) AS avg_response_time,
       percentiles[1] AS p95_response_time,
       percentiles[2] AS p99_response_time,
       requests::bigint AS total_requests,
       errors::double precision / requests::double precision AS error_rate,
       cache_hits::double precision / nullif(cache_answers, 0)::double precision AS cache_hit_rate
FROM (SELECT bucket, sum(requests) AS requests, sum(timed_requests) AS timed_requests, sum(errors) AS errors, sum(total_ms) AS total_ms,
             sum(cache_hits) AS cache_hits, sum(cache_answers) AS cache_answers
      FROM api_rollup WHERE grain = 'day' GROUP BY bucket) AS total
CROSS JOIN LATERAL (
  SELECT histogram_percentiles(array_agg(value ORDER BY value), array_agg(count ORDER BY value), '{0.95, 0.99}') AS percentiles
  FROM (SELECT value, sum(count)::bigint AS count
        FROM api_rollup, unnest(latency_values, latency_counts) AS latency (value, count)
        WHERE grain = 'day' AND bucket = total.bucket GROUP BY value) AS merged
) AS distribution;

CREATE OR REPLACE VIEW funnel_completion_rates AS
SELECT (bucket AT TIME ZONE 'UTC')::date AS date, step, completions AS step_completions, coalesce(person.people, 0)::bigint AS unique_users
FROM funnel_rollup
CROSS JOIN LATERAL (
  SELECT sum(bit_count(people)) AS people
  FROM people_rollup
  WHERE grain = 'day' AND bucket = funnel_rollup.bucket AND fact = 'conversion_funnel' AND key = funnel_rollup.step
) AS person
WHERE grain = 'day';

CREATE VIEW user_journey_analysis AS
SELECT person.user_key, person.subscription_tier,
       coalesce(journey.sessions, 0) AS total_sessions,
       coalesce(journey.successful, 0) AS successful_sessions,
       journey.successful::double precision / journey.sessions AS conversion_rate,
       processing.mean AS avg_processing_time
FROM app_user AS person
LEFT JOIN (
  SELECT user_key, count(*) AS sessions, count(*) FILTER (WHERE is_successful) AS successful
  FROM (SELECT user_key, session_id,
               bool_or(step IN (SELECT value FROM insight_setting WHERE setting = 'converting-steps')) AS is_successful
        FROM conversion_funnel
        WHERE user_key IS NOT NULL AND session_id IS NOT NULL
        GROUP BY user_key, session_id) AS session
  GROUP BY user_key
) AS journey USING (user_key)
LEFT JOIN (
  SELECT user_key, avg(greatest(-1e30, least(value, 1e30))) AS mean
  FROM performance_metric
  WHERE user_key IS NOT NULL AND type IN (SELECT value FROM insight_setting WHERE setting = 'processing-metrics')
  GROUP BY user_key
) AS processing USING (user_key);
COMMENT ON VIEW user_journey_analysis IS 'Sessions of each person and how many of them converted, over all detail that is kept. Funnel and metrics are aggregated by person before they meet; conversion_rate is the share of sessions, not a mean over steps. Steps without a session are in none.';

CREATE VIEW performance_behavior_correlation AS
SELECT (metric.bucket AT TIME ZONE 'UTC')::date AS date, metric.type AS metric_type,
       metric.total / metric.samples AS avg_performance,
       coalesce(person.downloads, 0)::bigint AS downloads,
       coalesce(person.shares, 0)::bigint AS shares,
       coalesce(person.people, 0)::bigint AS people
FROM (SELECT bucket FROM metric_rollup WHERE grain = 'day' GROUP BY bucket) AS day
JOIN metric_rollup AS metric ON metric.grain = 'day' AND metric.bucket = day.bucket
LEFT JOIN LATERAL (
  SELECT measured.key,
         sum(bit_count(measured.people)) AS people,
         sum(bit_count(measured.people & behavior.downloaded)) AS downloads,
         sum(bit_count(measured.people & behavior.shared)) AS shares
  FROM people_rollup AS measured
  LEFT JOIN (
    SELECT chunk,
           bit_or(people) FILTER (WHERE setting = 'download-events') AS downloaded,
           bit_or(people) FILTER (WHERE setting = 'share-events') AS shared
    FROM insight_setting JOIN people_rollup ON key = value
    WHERE setting IN ('download-events', 'share-events') AND grain = 'day' AND bucket = day.bucket AND fact = 'user_event'
    GROUP BY chunk
  ) AS behavior USING (chunk)
  WHERE measured.grain = 'day' AND measured.bucket = day.bucket AND measured.fact = 'performance_metric'
  GROUP BY measured.key
) AS person ON person.key = metric.type;
COMMENT ON VIEW performance_behavior_correlation IS 'How each metric stood on a day, and how many of the people it was measured for downloaded and shared on that day. The mean is over all samples, each counted once; people are exact sets, intersected.';

CREATE VIEW revenue_attribution AS
SELECT journey.user_key, journey.session_id, journey.journey_start, journey.journey_end, journey.steps_completed, journey.journey_completed,
       bought.tier AS subscription_tier, bought.price AS revenue_value, bought.currency AS revenue_currency,
       (day.bucket AT TIME ZONE 'UTC')::date AS date
FROM (SELECT bucket FROM funnel_rollup WHERE grain = 'day' GROUP BY bucket) AS day
CROSS JOIN LATERAL (
  SELECT user_key, session_id, min(ts) AS journey_start, max(ts) AS journey_end, count(*) AS steps_completed,
         bool_or(step IN (SELECT value FROM insight_setting WHERE setting = 'last-steps'))::integer AS journey_completed
  FROM conversion_funnel
  WHERE ts >= day.bucket - (SELECT value::interval FROM insight_setting WHERE setting = 'funnel-window')
    AND ts < day.bucket + interval '24 hours' + (SELECT value::interval FROM insight_setting WHERE setting = 'funnel-window')
    AND user_key IS NOT NULL AND session_id IS NOT NULL
  GROUP BY user_key, session_id
  HAVING min(ts) >= day.bucket AND min(ts) < day.bucket + interval '24 hours'
) AS journey
LEFT JOIN LATERAL (
  SELECT tier, price, currency
  FROM subscription
  WHERE subscription.user_key = journey.user_key
    AND coalesce(started_at, '-infinity') <= journey.journey_end
    AND coalesce(ended_at, CASE WHEN upper(status) <> 'ACTIVE' THEN described_at END, 'infinity') > journey.journey_start
  ORDER BY started_at DESC NULLS LAST, subscription_id DESC
  LIMIT 1
) AS bought ON true;
COMMENT ON VIEW revenue_attribution IS 'What each person did in each session of the funnel, and what they paid for at that time. One row for a person and session, however many subscriptions there are. Filter by date: only the days asked for are read. A session is followed for tidemark.insight.funnel-window beyond the day of its first step; one that goes on for longer is cut there. Steps without a session are in none.';

DO $$
DECLARE
  described record;
BEGIN
  FOR described IN
    SELECT * FROM (VALUES
      ('user_journey_analysis', 'user_key', 'The person (app_user); everyone is listed, with or without sessions'),
      ('user_journey_analysis', 'subscription_tier', 'The person''s tier as last said by a record of type user'),
      ('user_journey_analysis', 'total_sessions', 'Sessions with at least one funnel step'),
      ('user_journey_analysis', 'successful_sessions', 'Of these, sessions with a step of tidemark.insight.views.converting-steps'),
      ('user_journey_analysis', 'conversion_rate', 'successful_sessions / total_sessions, from 0 to 1; null without sessions'),
      ('user_journey_analysis', 'avg_processing_time', 'Mean of the person''s samples of tidemark.insight.views.processing-metrics, in their unit; sizes above 1e30 count as 1e30; null without samples'),
      ('performance_behavior_correlation', 'date', 'Day (UTC)'),
      ('performance_behavior_correlation', 'metric_type', 'Which metric'),
      ('performance_behavior_correlation', 'avg_performance', 'Mean of all its samples of the day, also of those that name nobody; sizes above 1e30 count as 1e30'),
      ('performance_behavior_correlation', 'downloads', 'Of people, those with an event of tidemark.insight.views.download-events on that day'),
      ('performance_behavior_correlation', 'shares', 'Of people, those with an event of tidemark.insight.views.share-events on that day'),
      ('performance_behavior_correlation', 'people', 'Distinct people with a sample of the metric on that day'),
      ('revenue_attribution', 'user_key', 'The person (app_user)'),
      ('revenue_attribution', 'session_id', 'The client''s session'),
      ('revenue_attribution', 'journey_start', 'Event time of the first step'),
      ('revenue_attribution', 'journey_end', 'Event time of the last step'),
      ('revenue_attribution', 'steps_completed', 'Steps completed; one completed twice counts twice'),
      ('revenue_attribution', 'journey_completed', '1 when a step of tidemark.insight.views.last-steps, the furthest in the order of the funnel, was completed; else 0'),
      ('revenue_attribution', 'subscription_tier', 'Tier of the subscription that ran during the journey, the one begun last when several did; null without one. Without ended_at, one that is not ACTIVE ended when that was said.'),
      ('revenue_attribution', 'revenue_value', 'Its price for one period. The same in each journey of a person: not to be added up over journeys'),
      ('revenue_attribution', 'revenue_currency', 'Currency of revenue_value'),
      ('revenue_attribution', 'date', 'Day (UTC) of journey_start')
    ) AS entry (view_name, column_name, meaning)
  LOOP
    EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', described.view_name, described.column_name, described.meaning);
  END LOOP;
END
$$;

-- Distributions

CREATE TYPE histogram AS (
  bucket_values real[],
  bucket_counts bigint[]
);
COMMENT ON TYPE histogram IS 'A distribution: values that stand for its buckets, and how many samples fell into each';
COMMENT ON COLUMN histogram.bucket_values IS 'Values that stand for the buckets, each within 1 % of its samples';
COMMENT ON COLUMN histogram.bucket_counts IS 'Samples in each bucket';

CREATE FUNCTION histogram_compact(distribution histogram) RETURNS histogram
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT ROW(coalesce(array_agg(value ORDER BY value), '{}'), coalesce(array_agg(count ORDER BY value), '{}'))::histogram
    FROM (SELECT value, sum(count)::bigint AS count
          FROM unnest((distribution).bucket_values, (distribution).bucket_counts) AS bucket (value, count)
          GROUP BY value ORDER BY value) AS merged);
COMMENT ON FUNCTION histogram_compact IS 'The same distribution with one entry for each bucket, ascending';

-- Entries pile up and are merged when there are many: merging each row by itself would take far longer.
CREATE FUNCTION histogram_add(distribution histogram, bucket_values real[], bucket_counts bigint[]) RETURNS histogram
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN NOT require(cardinality(bucket_values) IS NOT DISTINCT FROM cardinality(bucket_counts), 'histogram_merge takes as many values as counts') THEN NULL
    WHEN bucket_values IS NULL THEN distribution
    WHEN cardinality((distribution).bucket_values) > 4096
      THEN histogram_compact(ROW((distribution).bucket_values || bucket_values, (distribution).bucket_counts || bucket_counts)::histogram)
    ELSE ROW((distribution).bucket_values || bucket_values, (distribution).bucket_counts || bucket_counts)::histogram
  END;
COMMENT ON FUNCTION histogram_add IS 'A step of histogram_merge';

CREATE AGGREGATE histogram_merge(bucket_values real[], bucket_counts bigint[]) (
  SFUNC = histogram_add,
  STYPE = histogram,
  FINALFUNC = histogram_compact,
  PARALLEL = SAFE
);
COMMENT ON AGGREGATE histogram_merge(real[], bigint[]) IS 'Adds up distributions of rollup rows: histogram_merge(latency_values, latency_counts) of api_rollup, histogram_merge(sample_values, sample_counts) of metric_rollup. Ask it with histogram_percentile.';

CREATE FUNCTION histogram_percentile(distribution histogram, fraction double precision) RETURNS real
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN require(fraction BETWEEN 0 AND 1, format('fraction must be from 0 to 1, not %s', coalesce(fraction::text, 'null')))
              THEN histogram_percentile((distribution).bucket_values, (distribution).bucket_counts, fraction) END;
COMMENT ON FUNCTION histogram_percentile(histogram, double precision) IS 'Nearest-rank percentile of a distribution, within 1 %; fraction from 0 to 1; null without samples';

-- Ranges

CREATE FUNCTION rollup_cover(starts_at timestamptz, ends_at timestamptz, minutes_since timestamptz)
  RETURNS TABLE (grain text, segment_start timestamptz, segment_end timestamptz)
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 7
AS $$
DECLARE
  almost_minute CONSTANT interval := interval '1 minute' - interval '1 microsecond';
  almost_hour   CONSTANT interval := interval '1 hour' - interval '1 microsecond';
  almost_day    CONSTANT interval := interval '24 hours' - interval '1 microsecond';
  first_minute  CONSTANT timestamptz := date_bin('1 minute', starts_at + almost_minute, 'epoch');
  last_minute   CONSTANT timestamptz := date_bin('1 minute', ends_at, 'epoch');
  first_hour    CONSTANT timestamptz := date_bin('1 hour', first_minute + almost_hour, 'epoch');
  last_hour     CONSTANT timestamptz := date_bin('1 hour', last_minute, 'epoch');
  first_day     CONSTANT timestamptz := date_bin('1 day', first_hour + almost_day, 'epoch');
  last_day      CONSTANT timestamptz := date_bin('1 day', last_hour, 'epoch');
BEGIN
  IF starts_at IS NULL OR ends_at IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = 'starts_at and ends_at must not be null; for all time say -infinity and infinity';
  END IF;
  IF starts_at > ends_at THEN
    RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('starts_at must not be after ends_at: %s, %s', starts_at, ends_at);
  END IF;
  RETURN QUERY
  SELECT CASE WHEN part.grain = 'minute' AND part.part_start < minutes_since THEN 'detail' ELSE part.grain END, part.part_start, part.part_end
  FROM (VALUES
    ('detail', starts_at, least(first_minute, ends_at)),
    ('minute', first_minute, least(first_hour, last_minute)),
    ('hour', first_hour, least(first_day, last_hour)),
    ('day', first_day, last_day),
    ('hour', greatest(last_day, least(first_day, last_hour)), last_hour),
    ('minute', greatest(last_hour, least(first_hour, last_minute)), last_minute),
    ('detail', greatest(last_minute, least(first_minute, ends_at)), ends_at)
  ) AS part (grain, part_start, part_end)
  WHERE part.part_start < part.part_end;
END
$$;
COMMENT ON FUNCTION rollup_cover(timestamptz, timestamptz, timestamptz) IS 'rollup_cover for rollups by the minute that are whole since that time';

CREATE FUNCTION rollup_cover(starts_at timestamptz, ends_at timestamptz)
  RETURNS TABLE (grain text, segment_start timestamptz, segment_end timestamptz)
  LANGUAGE sql STABLE PARALLEL SAFE ROWS 7
BEGIN ATOMIC
  SELECT cover.grain, cover.segment_start, cover.segment_end
  FROM rollup_cover(starts_at, ends_at, (SELECT minutes_since FROM rollup_horizon)) AS cover;
END;
COMMENT ON FUNCTION rollup_cover(timestamptz, timestamptz) IS 'The parts that make up a range, starts_at included and ends_at not: whole days, hours and minutes, to be read from rollups of that grain, and what no rollup answers (grain detail), to be read from detail: parts of a minute, and parts of an hour from before rollups by the minute are kept. Never overlapping, in order.';

CREATE FUNCTION api_latency_histogram(starts_at timestamptz, ends_at timestamptz, endpoint text DEFAULT NULL) RETURNS histogram
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (
    SELECT ROW(array_agg(value ORDER BY value), array_agg(count ORDER BY value))::histogram
    FROM (SELECT value, sum(count)::bigint AS count
          FROM rollup_cover(api_latency_histogram.starts_at, api_latency_histogram.ends_at) AS cover
          CROSS JOIN LATERAL (
            SELECT value, count
            FROM api_rollup, unnest(latency_values, latency_counts) AS latency (value, count)
            WHERE api_rollup.grain = cover.grain AND bucket >= cover.segment_start AND bucket < cover.segment_end
              AND (api_latency_histogram.endpoint IS NULL OR api_rollup.endpoint = api_latency_histogram.endpoint)
            UNION ALL
            SELECT histogram_bucket(response_time_ms), 1
            FROM api_response_time AS call
            WHERE cover.grain = 'detail' AND ts >= cover.segment_start AND ts < cover.segment_end AND response_time_ms IS NOT NULL
              AND (api_latency_histogram.endpoint IS NULL OR call.endpoint = api_latency_histogram.endpoint)
          ) AS part
          GROUP BY value ORDER BY value) AS merged);
COMMENT ON FUNCTION api_latency_histogram IS 'Distribution of the response times of API calls in a range (starts_at included, ends_at not), in milliseconds; of one endpoint or of all';

CREATE FUNCTION metric_histogram(starts_at timestamptz, ends_at timestamptz, metric text) RETURNS histogram
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (
    SELECT ROW(array_agg(value ORDER BY value), array_agg(count ORDER BY value))::histogram
    FROM (SELECT value, sum(count)::bigint AS count
          FROM rollup_cover(metric_histogram.starts_at, metric_histogram.ends_at) AS cover
          CROSS JOIN LATERAL (
            SELECT value, count
            FROM metric_rollup, unnest(sample_values, sample_counts) AS sample (value, count)
            WHERE metric_rollup.grain = cover.grain AND bucket >= cover.segment_start AND bucket < cover.segment_end AND type = metric
            UNION ALL
            SELECT histogram_bucket(value), 1
            FROM performance_metric
            WHERE cover.grain = 'detail' AND ts >= cover.segment_start AND ts < cover.segment_end AND type = metric
          ) AS part
          WHERE require(metric IS NOT NULL, 'metric must not be null: samples of different metrics have no common distribution')
          GROUP BY value ORDER BY value) AS merged);
COMMENT ON FUNCTION metric_histogram IS 'Distribution of a metric''s samples in a range (starts_at included, ends_at not)';

CREATE FUNCTION api_latency_percentile(fraction double precision, starts_at timestamptz, ends_at timestamptz, endpoint text DEFAULT NULL) RETURNS real
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN histogram_percentile(api_latency_histogram(starts_at, ends_at, endpoint), fraction);
COMMENT ON FUNCTION api_latency_percentile IS 'Nearest-rank percentile of the response times of API calls in a range (starts_at included, ends_at not), in milliseconds, within 1 %; of one endpoint or of all; null without any';

CREATE FUNCTION metric_percentile(fraction double precision, starts_at timestamptz, ends_at timestamptz, metric text) RETURNS real
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN histogram_percentile(metric_histogram(starts_at, ends_at, metric), fraction);
COMMENT ON FUNCTION metric_percentile IS 'Nearest-rank percentile of a metric''s samples in a range (starts_at included, ends_at not), within 1 %; null without any';

-- Distinct people

CREATE FUNCTION people_sets(fact text, key text, starts_at timestamptz, ends_at timestamptz)
  RETURNS TABLE (chunk bigint, people bit)
  LANGUAGE sql STABLE PARALLEL SAFE ROWS 25
BEGIN ATOMIC
  SELECT part.chunk, bit_or(part.people)
  FROM rollup_cover(people_sets.starts_at, people_sets.ends_at) AS cover
  CROSS JOIN LATERAL (
    SELECT kept.chunk, kept.people
    FROM people_rollup AS kept
    WHERE kept.grain = cover.grain AND kept.bucket >= cover.segment_start AND kept.bucket < cover.segment_end
      AND kept.fact = people_sets.fact AND (people_sets.key IS NULL OR kept.key = people_sets.key)
    UNION ALL
    SELECT user_key / 32768, bit_or(set_bit(0::bit(32768), (user_key % 32768)::integer, 1))
    FROM (
      SELECT user_key FROM user_event
      WHERE cover.grain = 'detail' AND people_sets.fact = 'user_event' AND ts >= cover.segment_start AND ts < cover.segment_end
        AND (people_sets.key IS NULL OR event_type = people_sets.key)
      UNION ALL
      SELECT user_key FROM conversion_funnel
      WHERE cover.grain = 'detail' AND people_sets.fact = 'conversion_funnel' AND ts >= cover.segment_start AND ts < cover.segment_end
        AND (people_sets.key IS NULL OR step = people_sets.key)
      UNION ALL
      SELECT user_key FROM performance_metric
      WHERE cover.grain = 'detail' AND people_sets.fact = 'performance_metric' AND ts >= cover.segment_start AND ts < cover.segment_end
        AND (people_sets.key IS NULL OR type = people_sets.key)
      UNION ALL
      SELECT user_key FROM api_response_time
      WHERE cover.grain = 'detail' AND people_sets.fact = 'api_response_time' AND ts >= cover.segment_start AND ts < cover.segment_end
    ) AS person
    WHERE user_key IS NOT NULL
    GROUP BY 1
  ) AS part
  WHERE require(people_sets.fact IN ('user_event', 'conversion_funnel', 'performance_metric', 'api_response_time'),
                format('fact must be user_event, conversion_funnel, performance_metric or api_response_time, not %L', people_sets.fact))
    AND require(people_sets.fact <> 'api_response_time' OR coalesce(people_sets.key, '') = '',
                'people of API calls are not told apart by a key: key must be null')
  GROUP BY part.chunk;
END;
COMMENT ON FUNCTION people_sets IS 'Who did something in a range (starts_at included, ends_at not), exactly, as sets of bits like those of people_rollup: bit n of a chunk is user_key chunk * 32768 + n. fact names a fact table; key is an event type, step or metric, null for any.';

CREATE FUNCTION distinct_people(fact text, key text, starts_at timestamptz, ends_at timestamptz) RETURNS bigint
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT coalesce(sum(bit_count(people)), 0)::bigint
          FROM people_sets(distinct_people.fact, distinct_people.key, distinct_people.starts_at, distinct_people.ends_at));
COMMENT ON FUNCTION distinct_people IS 'How many people did something in a range (starts_at included, ends_at not), exactly. fact names a fact table; key is an event type, step or metric, null for any.';

CREATE FUNCTION people_in(fact text, key text, starts_at timestamptz, ends_at timestamptz) RETURNS TABLE (user_key bigint)
  LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
BEGIN ATOMIC
  SELECT chunk * 32768 + place
  FROM people_sets(people_in.fact, people_in.key, people_in.starts_at, people_in.ends_at) AS sets, generate_series(0, 32767) AS place
  WHERE get_bit(people, place) = 1;
END;
COMMENT ON FUNCTION people_in IS 'Who did something in a range (starts_at included, ends_at not), each person once. fact names a fact table; key is an event type, step or metric, null for any. INTERSECT and EXCEPT tell who did one thing and (not) another.';
