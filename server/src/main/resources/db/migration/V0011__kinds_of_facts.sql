-- Detail says by a number what happened: event type, step, metric with its unit, endpoint with its method stand once in fact_kind.
-- The tables of detail are called …_detail now; views under their old names show the rows as they were.
-- Columns stand widest first, and no table has more than eight: with nine, a row that has a null anywhere is 8 bytes longer.
-- What is stored is copied month by month and needs room beside the old tables until all of it is done.

CREATE TABLE fact_kind (
  kind_id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  fact      text NOT NULL,
  name      text NOT NULL,
  qualifier text NOT NULL DEFAULT '',
  UNIQUE (fact, name, qualifier)
);
COMMENT ON TABLE fact_kind IS 'What can have happened: every event type, funnel step, metric and endpoint that was ever recorded, once.';
COMMENT ON COLUMN fact_kind.kind_id IS 'The number under which detail knows it';
COMMENT ON COLUMN fact_kind.fact IS 'Name of the fact: user_event, conversion_funnel, performance_metric, api_response_time';
COMMENT ON COLUMN fact_kind.name IS 'Event type, step, metric or endpoint';
COMMENT ON COLUMN fact_kind.qualifier IS 'Unit of a metric, method of an endpoint; empty when there is none';

ALTER TABLE user_event RENAME TO user_event_before;
ALTER TABLE conversion_funnel RENAME TO conversion_funnel_before;
ALTER TABLE performance_metric RENAME TO performance_metric_before;
ALTER TABLE api_response_time RENAME TO api_response_time_before;

CREATE TABLE user_event_detail (
  ts         timestamptz NOT NULL,
  batch_id   bigint NOT NULL,
  user_key   bigint,
  kind_id    integer NOT NULL,
  session_id text,
  page       text,
  properties jsonb
) PARTITION BY RANGE (ts);

CREATE TABLE conversion_funnel_detail (
  ts         timestamptz NOT NULL,
  batch_id   bigint NOT NULL,
  user_key   bigint,
  kind_id    integer NOT NULL,
  session_id text,
  effect_id  text,
  properties jsonb
) PARTITION BY RANGE (ts);

CREATE TABLE performance_metric_detail (
  ts         timestamptz NOT NULL,
  batch_id   bigint NOT NULL,
  user_key   bigint,
  value      double precision NOT NULL,
  kind_id    integer NOT NULL,
  session_id text,
  page       text,
  properties jsonb
) PARTITION BY RANGE (ts);

CREATE TABLE api_response_time_detail (
  ts               timestamptz NOT NULL,
  batch_id         bigint NOT NULL,
  user_key         bigint,
  response_time_ms double precision,
  kind_id          integer NOT NULL,
  answer           smallint NOT NULL,
  session_id       text,
  properties       jsonb
) PARTITION BY RANGE (ts);
COMMENT ON COLUMN api_response_time_detail.answer IS 'HTTP status times 4; plus 1 when no cache answered, plus 2 when one did, plus 0 when that was not said';

-- The join is on a unique key and an outer one, so that PostgreSQL leaves it out of a query that asks for no name.
CREATE VIEW user_event AS
SELECT ts, batch_id, user_key, name AS event_type, session_id, page, properties
  FROM user_event_detail LEFT JOIN fact_kind USING (kind_id);

CREATE VIEW conversion_funnel AS
SELECT ts, batch_id, user_key, name AS step, session_id, effect_id, properties
  FROM conversion_funnel_detail LEFT JOIN fact_kind USING (kind_id);

CREATE VIEW performance_metric AS
SELECT ts, batch_id, user_key, value, name AS type, nullif(qualifier, '') AS unit, session_id, page, properties
  FROM performance_metric_detail LEFT JOIN fact_kind USING (kind_id);

CREATE VIEW api_response_time AS
SELECT ts, batch_id, user_key, response_time_ms, answer >> 2 AS status_code, nullif(answer & 3, 0) = 2 AS cache_hit,
       name AS endpoint, qualifier AS method, session_id, properties
  FROM api_response_time_detail LEFT JOIN fact_kind USING (kind_id);

-- Rows keep their order, by which BRIN indexes find them: nothing here may sort, or read from the middle of a table.
SET LOCAL synchronize_seqscans = off;
SET LOCAL enable_mergejoin = off;
SET LOCAL work_mem = '64MB';

DO $$
DECLARE
  moved     record;
  described record;
  granted   record;
  part      record;
BEGIN
  FOR moved IN
    SELECT fact, fact || '_before' AS old, fact || '_detail' AS detail, named, qualified, columns, taken
      FROM (VALUES
        ('user_event', 'event_type', '''''', 'session_id, page, properties', 'session_id, page, properties'),
        ('conversion_funnel', 'step', '''''', 'session_id, effect_id, properties', 'session_id, effect_id, properties'),
        ('performance_metric', 'type', 'coalesce(unit, '''')', 'value, session_id, page, properties', 'value, session_id, page, properties'),
        ('api_response_time', 'endpoint', 'method', 'response_time_ms, answer, session_id, properties',
          'response_time_ms, status_code * 4 + CASE WHEN cache_hit THEN 2 WHEN NOT cache_hit THEN 1 ELSE 0 END, session_id, properties')
      ) AS entry (fact, named, qualified, columns, taken)
  LOOP
    FOR described IN
      SELECT kind, attname, col_description(moved.old::regclass, attnum) AS meaning
        FROM pg_attribute, unnest(ARRAY[moved.fact, moved.detail]) AS kind
       WHERE attrelid = moved.old::regclass AND attnum > 0 AND NOT attisdropped
         AND EXISTS (SELECT FROM pg_attribute AS kept WHERE kept.attrelid = kind::regclass AND kept.attname = pg_attribute.attname)
    LOOP
      EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', described.kind, described.attname, described.meaning);
    END LOOP;
    EXECUTE format('COMMENT ON COLUMN %I.kind_id IS %L', moved.detail, 'What happened (fact_kind)');
    EXECUTE format('COMMENT ON VIEW %I IS %L', moved.fact, obj_description(moved.old::regclass, 'pg_class'));
    EXECUTE format('COMMENT ON TABLE %I IS %L', moved.detail, 'The rows of ' || moved.fact || ', which shows them with names.');

    FOR granted IN
      SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END AS role
        FROM pg_class, aclexplode(relacl)
       WHERE pg_class.oid = moved.old::regclass AND privilege_type = 'SELECT' AND grantee <> relowner
    LOOP
      EXECUTE format('GRANT SELECT ON %I TO %s', moved.fact, granted.role);
    END LOOP;

    EXECUTE format('CREATE INDEX %I ON %I USING brin (ts, batch_id) WITH (pages_per_range = 32)', moved.detail || '_arrival', moved.detail);
    EXECUTE format('CREATE INDEX %I ON %I USING brin (user_key int8_bloom_ops (n_distinct_per_range = 2000, false_positive_rate = 0.01))'
      ' WITH (pages_per_range = 32)', moved.detail || '_user_key', moved.detail);

    EXECUTE format('INSERT INTO fact_kind (fact, name, qualifier) SELECT %1$L, %2$s, %3$s FROM %4$I GROUP BY 2, 3 ORDER BY 2, 3',
      moved.fact, moved.named, moved.qualified, moved.old);
    ANALYZE fact_kind;

    FOR part IN
      SELECT relname AS old, moved.detail || substr(relname, length(moved.fact) + 1) AS detail, pg_get_expr(relpartbound, pg_class.oid) AS bounds
        FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
       WHERE inhparent = moved.old::regclass
    LOOP
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL EXCLUDING INDEXES)', part.detail, moved.detail);
      EXECUTE format('INSERT INTO %I (ts, batch_id, user_key, kind_id, %s) SELECT ts, batch_id, user_key, kind_id, %s FROM %I'
        ' JOIN fact_kind ON (fact, name, qualifier) = (%L, %s, %s)',
        part.detail, moved.columns, moved.taken, part.old, moved.fact, moved.named, moved.qualified);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I %s', moved.detail, part.detail, part.bounds);
      EXECUTE format('DROP TABLE %I', part.old);
    END LOOP;
    EXECUTE format('DROP TABLE %I', moved.old);
  END LOOP;
END
$$;
