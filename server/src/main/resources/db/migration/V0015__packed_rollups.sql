-- Rollups of time that is over are packed: one row for all that has a common bucket, up to 256 of its keys in a row.
-- A view under the rollup's old name shows both, packed or not, as rows by key. What is merged later unpacks its bucket first, so
-- that no key of a bucket ever stands in both.

ALTER TABLE api_rollup RENAME TO api_rollup_unpacked;
ALTER TABLE metric_rollup RENAME TO metric_rollup_unpacked;
ALTER TABLE event_rollup RENAME TO event_rollup_unpacked;
ALTER TABLE funnel_rollup RENAME TO funnel_rollup_unpacked;
ALTER TABLE people_rollup RENAME TO people_rollup_unpacked;

CREATE AGGREGATE array_concat(anycompatiblearray) (
  SFUNC = array_cat,
  STYPE = anycompatiblearray,
  INITCOND = '{}',
  PARALLEL = SAFE
);
COMMENT ON AGGREGATE array_concat(anycompatiblearray) IS 'Arrays put one after the other';

CREATE TABLE api_rollup_packed (
  bucket          timestamptz NOT NULL,
  slot            integer NOT NULL,
  grain           text NOT NULL,
  requests        integer[] NOT NULL,
  timed_requests  integer[] NOT NULL,
  client_errors   integer[] NOT NULL,
  errors          integer[] NOT NULL,
  cache_hits      integer[] NOT NULL,
  cache_answers   integer[] NOT NULL,
  total_ms        double precision[] NOT NULL,
  max_ms          double precision[] NOT NULL,
  p50_ms          real[] NOT NULL,
  p95_ms          real[] NOT NULL,
  p99_ms          real[] NOT NULL,
  endpoint        text[] NOT NULL,
  method          text[] NOT NULL,
  latency_buckets integer[] NOT NULL,
  latency_end     integer[] NOT NULL,
  latency_values  real[] NOT NULL,
  latency_counts  integer[] NOT NULL,
  PRIMARY KEY (grain, bucket, slot)
) WITH (toast_tuple_target = 512);

CREATE TABLE metric_rollup_packed (
  bucket         timestamptz NOT NULL,
  slot           integer NOT NULL,
  grain          text NOT NULL,
  samples        integer[] NOT NULL,
  total          double precision[] NOT NULL,
  smallest       double precision[] NOT NULL,
  largest        double precision[] NOT NULL,
  p50            real[] NOT NULL,
  p95            real[] NOT NULL,
  p99            real[] NOT NULL,
  type           text[] NOT NULL,
  unit           text[] NOT NULL,
  sample_buckets integer[] NOT NULL,
  sample_end     integer[] NOT NULL,
  sample_values  real[] NOT NULL,
  sample_counts  integer[] NOT NULL,
  PRIMARY KEY (grain, bucket, slot)
) WITH (toast_tuple_target = 512);

CREATE TABLE event_rollup_packed (
  bucket     timestamptz NOT NULL,
  slot       integer NOT NULL,
  grain      text NOT NULL,
  events     integer[] NOT NULL,
  event_type text[] NOT NULL,
  PRIMARY KEY (grain, bucket, slot)
) WITH (toast_tuple_target = 512);

CREATE TABLE funnel_rollup_packed (
  bucket      timestamptz NOT NULL,
  slot        integer NOT NULL,
  grain       text NOT NULL,
  completions integer[] NOT NULL,
  step        text[] NOT NULL,
  PRIMARY KEY (grain, bucket, slot)
) WITH (toast_tuple_target = 512);

CREATE TABLE people_rollup_packed (
  bucket  timestamptz NOT NULL,
  slot    integer NOT NULL,
  grain   text NOT NULL,
  fact    text[] NOT NULL,
  key     text[] NOT NULL,
  members integer[] NOT NULL,
  held    bit varying NOT NULL,
  PRIMARY KEY (grain, bucket, slot)
) WITH (toast_tuple_target = 512);

COMMENT ON TABLE api_rollup_packed IS 'Rows of api_rollup, packed.';
COMMENT ON TABLE metric_rollup_packed IS 'Rows of metric_rollup, packed.';
COMMENT ON TABLE event_rollup_packed IS 'Rows of event_rollup, packed.';
COMMENT ON TABLE funnel_rollup_packed IS 'Rows of funnel_rollup, packed.';
COMMENT ON TABLE people_rollup_packed IS 'Rows of people_rollup, packed: everyone who did anything, and for each key who of them did that.';
COMMENT ON COLUMN people_rollup_packed.members IS 'user_key - slot * 262144 of each person, ascending';
COMMENT ON COLUMN people_rollup_packed.held IS 'For each key as many bits as there are members: whether that member is in its set';

-- Rows that name members of one chunk become its set. Bits are set in eighths, which are put together: a person costs 512 bytes of work.
CREATE FUNCTION people_of(offsets integer[]) RETURNS bit
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT (
        coalesce(bit_or(people) FILTER (WHERE place = 0), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE place = 1), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE place = 2), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE place = 3), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE place = 4), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE place = 5), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE place = 6), 0::bit(4096)) ||
        coalesce(bit_or(people) FILTER (WHERE place = 7), 0::bit(4096))
      )::bit(32768)
    FROM (SELECT member / 4096 AS place, set_bit(0::bit(4096), member % 4096, 1) AS people FROM unnest(offsets) AS member) AS eighth);
COMMENT ON FUNCTION people_of IS 'The set of bits of those people of a chunk: user_key % 32768 of each';

-- The zeros between two ones tell where the next one stands: far cheaper than asking bit by bit.
CREATE FUNCTION people_offsets(people bit) RETURNS integer[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT coalesce(array_agg(place ORDER BY place), '{}')
    FROM (SELECT (sum(length(zeros)) OVER (ORDER BY piece) + piece - 1)::integer AS place, piece, count(*) OVER () AS pieces
          FROM string_to_table(people::text, '1') WITH ORDINALITY AS gap (zeros, piece)) AS placed
    WHERE piece < pieces);
COMMENT ON FUNCTION people_offsets IS 'Who is in a set of bits: the offset of each bit that is set, ascending';

-- The packed rows as rows by key, with the columns of the unpacked ones in their order. `|| ''{}''` takes an array out of its storage
-- once and not for each key.

CREATE VIEW api_rollup_from_packed AS
SELECT bucket, kept.requests::bigint, kept.timed_requests::bigint, kept.client_errors::bigint, kept.errors::bigint,
       kept.cache_hits::bigint, kept.cache_answers::bigint, kept.total_ms, kept.max_ms, kept.p50_ms, kept.p95_ms, kept.p99_ms,
       grain, kept.endpoint, kept.method,
       whole.latency_values[kept.latency_end - kept.latency_buckets + 1 : kept.latency_end] AS latency_values,
       whole.latency_counts[kept.latency_end - kept.latency_buckets + 1 : kept.latency_end]::bigint[] AS latency_counts
FROM api_rollup_packed AS packed
CROSS JOIN LATERAL (SELECT packed.latency_values || '{}'::real[] AS latency_values, packed.latency_counts || '{}'::integer[] AS latency_counts OFFSET 0) AS whole
CROSS JOIN LATERAL unnest(packed.requests, packed.timed_requests, packed.client_errors, packed.errors, packed.cache_hits, packed.cache_answers,
                          packed.total_ms, packed.max_ms, packed.p50_ms, packed.p95_ms, packed.p99_ms, packed.endpoint, packed.method,
                          packed.latency_buckets, packed.latency_end)
  AS kept (requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms,
           endpoint, method, latency_buckets, latency_end);

CREATE VIEW metric_rollup_from_packed AS
SELECT bucket, kept.samples::bigint, kept.total, kept.smallest, kept.largest, kept.p50, kept.p95, kept.p99, grain, kept.type, kept.unit,
       whole.sample_values[kept.sample_end - kept.sample_buckets + 1 : kept.sample_end] AS sample_values,
       whole.sample_counts[kept.sample_end - kept.sample_buckets + 1 : kept.sample_end]::bigint[] AS sample_counts
FROM metric_rollup_packed AS packed
CROSS JOIN LATERAL (SELECT packed.sample_values || '{}'::real[] AS sample_values, packed.sample_counts || '{}'::integer[] AS sample_counts OFFSET 0) AS whole
CROSS JOIN LATERAL unnest(packed.samples, packed.total, packed.smallest, packed.largest, packed.p50, packed.p95, packed.p99, packed.type, packed.unit,
                          packed.sample_buckets, packed.sample_end)
  AS kept (samples, total, smallest, largest, p50, p95, p99, type, unit, sample_buckets, sample_end);

CREATE VIEW event_rollup_from_packed AS
SELECT bucket, kept.events::bigint, grain, kept.event_type
FROM event_rollup_packed AS packed CROSS JOIN LATERAL unnest(packed.events, packed.event_type) AS kept (events, event_type);

CREATE VIEW funnel_rollup_from_packed AS
SELECT bucket, kept.completions::bigint, grain, kept.step
FROM funnel_rollup_packed AS packed CROSS JOIN LATERAL unnest(packed.completions, packed.step) AS kept (completions, step);

CREATE VIEW people_rollup_from_packed AS
SELECT bucket, chunk.chunk, grain, kept.fact, kept.key, chunk.people
FROM people_rollup_packed AS packed
CROSS JOIN LATERAL (SELECT packed.members || '{}'::integer[] AS members, packed.held || B'' AS held OFFSET 0) AS whole
CROSS JOIN LATERAL unnest(packed.fact, packed.key) WITH ORDINALITY AS kept (fact, key, place)
CROSS JOIN LATERAL (
  SELECT substring(whole.held FROM ((kept.place - 1) * cardinality(whole.members))::integer + 1 FOR cardinality(whole.members)) AS held OFFSET 0
) AS own
CROSS JOIN LATERAL (
  SELECT packed.slot * 8::bigint + member / 32768 AS chunk, people_of(array_agg(member % 32768)) AS people
  FROM unnest(whole.members) WITH ORDINALITY AS person (member, seat)
  WHERE get_bit(own.held, seat::integer - 1) = 1
  GROUP BY member / 32768
) AS chunk;

DO $$
DECLARE
  rollup text;
BEGIN
  FOREACH rollup IN ARRAY ARRAY['api', 'metric', 'event', 'funnel', 'people'] LOOP
    EXECUTE format('ALTER TABLE %I RENAME CONSTRAINT %I TO %I', rollup || '_rollup_unpacked', rollup || '_rollup_pkey', rollup || '_rollup_unpacked_pkey');
    EXECUTE format('ALTER TABLE %I RENAME CONSTRAINT %I TO %I', rollup || '_rollup_unpacked', rollup || '_rollup_grain', rollup || '_rollup_unpacked_grain');
    EXECUTE format('ALTER TABLE %I ADD CHECK (grain IN (''minute'', ''hour''%s))', rollup || '_rollup_packed',
                   CASE rollup WHEN 'api' THEN ', ''day''' ELSE '' END);
    EXECUTE format('CREATE VIEW %1$I AS SELECT * FROM %2$I UNION ALL SELECT * FROM %3$I',
                   rollup || '_rollup', rollup || '_rollup_unpacked', rollup || '_rollup_from_packed');
    -- What the unpacked rows say of themselves, the views say too; packed columns are the same, for each key.
    EXECUTE format('COMMENT ON VIEW %I IS %L', rollup || '_rollup', obj_description((rollup || '_rollup_unpacked')::regclass, 'pg_class'));
    EXECUTE format('COMMENT ON VIEW %I IS %L', rollup || '_rollup_from_packed', format('The rows of %1$s_rollup that are packed, as rows of %1$s_rollup.', rollup));
    EXECUTE format('COMMENT ON TABLE %I IS %L', rollup || '_rollup_unpacked', format('Rows of %s_rollup that are not packed.', rollup));
    EXECUTE (
      SELECT string_agg(format('COMMENT ON COLUMN %I.%I IS %L', relation.relname, relation.attname,
                               CASE WHEN relation.relname LIKE '%_packed' AND relation.attndims > 0 THEN 'For each key: ' ELSE '' END || said), '; ')
      FROM (SELECT attname, col_description(attrelid, attnum) AS said FROM pg_attribute
            WHERE attrelid = (rollup || '_rollup_unpacked')::regclass AND attnum > 0 AND NOT attisdropped) AS unpacked
      JOIN (SELECT relname, attname, attndims FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relname IN (rollup || '_rollup', rollup || '_rollup_from_packed', rollup || '_rollup_packed')
              AND relnamespace = current_schema()::regnamespace AND attnum > 0) AS relation USING (attname)
    );
    EXECUTE format('COMMENT ON COLUMN %I.slot IS %L', rollup || '_rollup_packed',
                   CASE rollup WHEN 'people' THEN 'user_key / 262144' ELSE 'Which 256 of its keys: from 0' END);
  END LOOP;
END
$$;
COMMENT ON COLUMN api_rollup_packed.latency_buckets IS 'For each key: how many entries of latency_values and latency_counts are its own';
COMMENT ON COLUMN api_rollup_packed.latency_end IS 'For each key: which entry is its last';
COMMENT ON COLUMN api_rollup_packed.latency_values IS 'Distributions of response times, one key after the other: values that stand for buckets';
COMMENT ON COLUMN api_rollup_packed.latency_counts IS 'Distributions of response times, one key after the other: calls in each bucket';
COMMENT ON COLUMN metric_rollup_packed.sample_buckets IS 'For each key: how many entries of sample_values and sample_counts are its own';
COMMENT ON COLUMN metric_rollup_packed.sample_end IS 'For each key: which entry is its last';
COMMENT ON COLUMN metric_rollup_packed.sample_values IS 'Distributions of samples, one key after the other: values that stand for buckets';
COMMENT ON COLUMN metric_rollup_packed.sample_counts IS 'Distributions of samples, one key after the other: samples in each bucket';

-- What reads hours or minutes reads the views from here on; days are packed of API calls alone. `OFFSET 0` has a range of time taken to the indexes
-- of both kinds of rows.

CREATE OR REPLACE VIEW hourly_performance_summary AS
WITH total AS (
  SELECT bucket, endpoint, sum(requests) AS requests, sum(timed_requests) AS timed_requests, sum(errors) AS errors, sum(total_ms) AS total_ms
  FROM api_rollup WHERE grain = 'hour' GROUP BY bucket, endpoint
)
SELECT bucket AS hour, endpoint, total_ms / nullif(timed_requests, 0) AS avg_response_time,
       requests::bigint AS request_count, errors::bigint AS error_count
FROM total;

CREATE OR REPLACE FUNCTION api_latency_histogram(starts_at timestamptz, ends_at timestamptz, endpoint text DEFAULT NULL) RETURNS histogram
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (
    SELECT ROW(array_agg(value ORDER BY value), array_agg(count ORDER BY value))::histogram
    FROM (SELECT value, sum(count)::bigint AS count
          FROM rollup_cover(api_latency_histogram.starts_at, api_latency_histogram.ends_at) AS cover
          CROSS JOIN LATERAL (
            SELECT value, count
            FROM (SELECT latency_values, latency_counts
                  FROM api_rollup
                  WHERE api_rollup.grain = cover.grain AND bucket >= cover.segment_start AND bucket < cover.segment_end
                    AND (api_latency_histogram.endpoint IS NULL OR api_rollup.endpoint = api_latency_histogram.endpoint)
                  OFFSET 0) AS kept, unnest(latency_values, latency_counts) AS latency (value, count)
            UNION ALL
            SELECT histogram_bucket(response_time_ms), 1
            FROM api_response_time AS call
            WHERE cover.grain = 'detail' AND ts >= cover.segment_start AND ts < cover.segment_end AND response_time_ms IS NOT NULL
              AND (api_latency_histogram.endpoint IS NULL OR call.endpoint = api_latency_histogram.endpoint)
          ) AS part
          GROUP BY value ORDER BY value) AS merged);

CREATE OR REPLACE FUNCTION metric_histogram(starts_at timestamptz, ends_at timestamptz, metric text) RETURNS histogram
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (
    SELECT ROW(array_agg(value ORDER BY value), array_agg(count ORDER BY value))::histogram
    FROM (SELECT value, sum(count)::bigint AS count
          FROM rollup_cover(metric_histogram.starts_at, metric_histogram.ends_at) AS cover
          CROSS JOIN LATERAL (
            SELECT value, count
            FROM (SELECT sample_values, sample_counts
                  FROM metric_rollup
                  WHERE metric_rollup.grain = cover.grain AND bucket >= cover.segment_start AND bucket < cover.segment_end AND type = metric
                  OFFSET 0) AS kept, unnest(sample_values, sample_counts) AS sample (value, count)
            UNION ALL
            SELECT histogram_bucket(value), 1
            FROM performance_metric
            WHERE cover.grain = 'detail' AND ts >= cover.segment_start AND ts < cover.segment_end AND type = metric
          ) AS part
          WHERE require(metric IS NOT NULL, 'metric must not be null: samples of different metrics have no common distribution')
          GROUP BY value ORDER BY value) AS merged);

CREATE OR REPLACE FUNCTION people_sets(fact text, key text, starts_at timestamptz, ends_at timestamptz)
  RETURNS TABLE (chunk bigint, people bit)
  LANGUAGE sql STABLE PARALLEL SAFE ROWS 25
BEGIN ATOMIC
  SELECT part.chunk, bit_or(part.people)
  FROM rollup_cover(people_sets.starts_at, people_sets.ends_at) AS cover
  CROSS JOIN LATERAL (
    SELECT kept.chunk, kept.people
    FROM (SELECT people_rollup.chunk, people_rollup.people
          FROM people_rollup
          WHERE people_rollup.grain = cover.grain AND bucket >= cover.segment_start AND bucket < cover.segment_end
            AND people_rollup.fact = people_sets.fact AND (people_sets.key IS NULL OR people_rollup.key = people_sets.key)
          OFFSET 0) AS kept
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

-- One row for each person instead of one for each type of event: a third of the room.

CREATE TABLE person_events (
  user_key    bigint PRIMARY KEY,
  last_at     timestamptz NOT NULL,
  event_kinds integer[] NOT NULL,
  events      integer[] NOT NULL
) WITH (fillfactor = 85);
COMMENT ON TABLE person_events IS 'User events of each person, over all time.';
COMMENT ON COLUMN person_events.user_key IS 'The person (app_user)';
COMMENT ON COLUMN person_events.last_at IS 'Event time of the latest';
COMMENT ON COLUMN person_events.event_kinds IS 'Of which types (fact_kind), ascending';
COMMENT ON COLUMN person_events.events IS 'How many of each of these types; the count stops at 2147483647';

INSERT INTO person_events (user_key, last_at, event_kinds, events)
SELECT user_key, max(last_at), array_agg(kind_id ORDER BY kind_id), array_agg(least(events, 2147483647)::integer ORDER BY kind_id)
FROM person_activity JOIN fact_kind ON fact = 'user_event' AND name = event_type
GROUP BY user_key;

CREATE OR REPLACE VIEW user_engagement_scores AS
SELECT user_key, sum(counted.events)::bigint AS total_events,
       sum(counted.events * coalesce(weight, 1)) AS engagement_score,
       max(last_at) AS last_activity
FROM person_events
CROSS JOIN LATERAL unnest(event_kinds, person_events.events) AS counted (kind_id, events)
JOIN fact_kind USING (kind_id)
LEFT JOIN engagement_weight ON event_type = name
GROUP BY user_key;

DROP TABLE person_activity;
CREATE VIEW person_activity AS
SELECT user_key, counted.events::bigint AS events, last_at, name AS event_type
FROM person_events
CROSS JOIN LATERAL unnest(event_kinds, person_events.events) AS counted (kind_id, events)
JOIN fact_kind USING (kind_id);
COMMENT ON VIEW person_activity IS 'User events of each person by type, over all time.';
COMMENT ON COLUMN person_activity.user_key IS 'The person (app_user)';
COMMENT ON COLUMN person_activity.events IS 'Events';
COMMENT ON COLUMN person_activity.last_at IS 'Event time of the person''s latest event, of whatever type';
COMMENT ON COLUMN person_activity.event_type IS 'What happened';

CREATE OR REPLACE FUNCTION remove_detail_of_person(person bigint) RETURNS bigint
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
  DELETE FROM person_events WHERE user_key = person;
  RETURN total;
END
$$;

CREATE OR REPLACE FUNCTION people_in(fact text, key text, starts_at timestamptz, ends_at timestamptz) RETURNS TABLE (user_key bigint)
  LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
BEGIN ATOMIC
  SELECT chunk * 32768 + place
  FROM people_sets(people_in.fact, people_in.key, people_in.starts_at, people_in.ends_at) AS sets, unnest(people_offsets(people)) AS place;
END;
