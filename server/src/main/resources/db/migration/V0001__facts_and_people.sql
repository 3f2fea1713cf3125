-- What is recorded: five fact tables by event time, the people they belong to and their subscriptions.
-- Why so few indexes: each costs every insert. BRIN follows the order of arrival for almost nothing: on ts for ranges of
-- time, on batch_id for the rows that a consumer has not seen, as a Bloom filter on user_key for one person's rows.
-- Columns stand widest first, so that no row carries padding.

CREATE TABLE app_user (
  user_key          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id           text UNIQUE,
  anonymous_id      text UNIQUE,
  subscription_tier text,
  traits            jsonb,
  first_seen_at     timestamptz NOT NULL DEFAULT now(),
  described_at      timestamptz,
  CONSTRAINT app_user_has_one_name CHECK (num_nonnulls(user_id, anonymous_id) = 1)
);
COMMENT ON TABLE app_user IS 'People. Names, ids and traits live here alone; detail and rollups know a person by user_key.';
COMMENT ON COLUMN app_user.user_key IS 'The pseudonym under which detail and rollups know this person; dense, so that sets of people pack into bits';
COMMENT ON COLUMN app_user.user_id IS 'The id the app gave, for someone known';
COMMENT ON COLUMN app_user.anonymous_id IS 'The id a client made up, for someone not (yet) known';
COMMENT ON COLUMN app_user.subscription_tier IS 'Tier as last said by a record of type user';
COMMENT ON COLUMN app_user.traits IS 'Traits as last said by records of type user, merged key by key';
COMMENT ON COLUMN app_user.first_seen_at IS 'When the first record of this person arrived';
COMMENT ON COLUMN app_user.described_at IS 'Event time of the newest record of type user; older ones change nothing';

CREATE TABLE subscription (
  subscription_id text PRIMARY KEY,
  user_key        bigint NOT NULL REFERENCES app_user,
  tier            text,
  price           numeric,
  currency        text,
  status          text,
  started_at      timestamptz,
  ended_at        timestamptz,
  described_at    timestamptz NOT NULL
);
CREATE INDEX subscription_user_key ON subscription (user_key);
COMMENT ON TABLE subscription IS 'Subscriptions as last described by records of type subscription.';
COMMENT ON COLUMN subscription.subscription_id IS 'The id the app gave';
COMMENT ON COLUMN subscription.user_key IS 'Whose it is';
COMMENT ON COLUMN subscription.tier IS 'Tier bought';
COMMENT ON COLUMN subscription.price IS 'Price of one period, in currency';
COMMENT ON COLUMN subscription.currency IS 'ISO 4217 code as sent';
COMMENT ON COLUMN subscription.status IS 'ACTIVE, CANCELED, … as sent';
COMMENT ON COLUMN subscription.started_at IS 'When it began';
COMMENT ON COLUMN subscription.ended_at IS 'When it ended; null while it runs';
COMMENT ON COLUMN subscription.described_at IS 'Event time of the newest record; older ones change nothing';

CREATE TABLE user_event (
  ts         timestamptz NOT NULL,
  batch_id   bigint NOT NULL,
  user_key   bigint,
  event_type text NOT NULL,
  session_id text,
  page       text,
  properties jsonb
) PARTITION BY RANGE (ts);
COMMENT ON TABLE user_event IS 'Interactions of people with the app, one row each.';

CREATE TABLE conversion_funnel (
  ts         timestamptz NOT NULL,
  batch_id   bigint NOT NULL,
  user_key   bigint,
  step       text NOT NULL,
  session_id text,
  effect_id  text,
  properties jsonb
) PARTITION BY RANGE (ts);
COMMENT ON TABLE conversion_funnel IS 'Steps of the conversion funnel that people completed, one row each.';

CREATE TABLE performance_metric (
  ts         timestamptz NOT NULL,
  batch_id   bigint NOT NULL,
  user_key   bigint,
  value      double precision NOT NULL,
  type       text NOT NULL,
  unit       text,
  session_id text,
  page       text,
  properties jsonb
) PARTITION BY RANGE (ts);
COMMENT ON TABLE performance_metric IS 'Samples of performance metrics, one row each.';

CREATE TABLE api_response_time (
  ts               timestamptz NOT NULL,
  batch_id         bigint NOT NULL,
  user_key         bigint,
  response_time_ms double precision,
  status_code      smallint NOT NULL,
  cache_hit        boolean,
  endpoint         text NOT NULL,
  method           text NOT NULL,
  session_id       text,
  properties       jsonb
) PARTITION BY RANGE (ts);
COMMENT ON TABLE api_response_time IS 'Calls of the app''s API with their timing, one row each.';

CREATE TABLE performance_alert (
  ts           timestamptz NOT NULL,
  alert_id     uuid NOT NULL DEFAULT gen_random_uuid(),
  user_key     bigint,
  value        double precision,
  threshold    double precision,
  resolved_at  timestamptz,
  resolved     boolean NOT NULL GENERATED ALWAYS AS (resolved_at IS NOT NULL) STORED,
  severity     text NOT NULL,
  metric       text NOT NULL,
  message      text NOT NULL,
  properties   jsonb,
  PRIMARY KEY (ts, alert_id)
) PARTITION BY RANGE (ts);
COMMENT ON TABLE performance_alert IS 'Alerts that fired, one row each.';
COMMENT ON COLUMN performance_alert.alert_id IS 'Names the alert';
COMMENT ON COLUMN performance_alert.value IS 'The value that raised it';
COMMENT ON COLUMN performance_alert.threshold IS 'The threshold it crossed';
COMMENT ON COLUMN performance_alert.resolved_at IS 'When it resolved; null while it stands';
COMMENT ON COLUMN performance_alert.resolved IS 'Whether it has resolved';
COMMENT ON COLUMN performance_alert.severity IS 'How bad: info, warning, critical';
COMMENT ON COLUMN performance_alert.metric IS 'What was measured';
COMMENT ON COLUMN performance_alert.message IS 'For the person who must act: what, where, what to do';

COMMENT ON COLUMN user_event.event_type IS 'What happened, in the app''s own words';
COMMENT ON COLUMN user_event.page IS 'Where in the app';
COMMENT ON COLUMN conversion_funnel.step IS 'The step, in the app''s own words';
COMMENT ON COLUMN conversion_funnel.effect_id IS 'The effect (the product) the step was about';
COMMENT ON COLUMN performance_metric.type IS 'Which metric';
COMMENT ON COLUMN performance_metric.value IS 'The sample, in unit';
COMMENT ON COLUMN performance_metric.unit IS 'Unit as sent: ms, MB, …';
COMMENT ON COLUMN performance_metric.page IS 'Where in the app';
COMMENT ON COLUMN api_response_time.endpoint IS 'Path or route of the call, without its query';
COMMENT ON COLUMN api_response_time.method IS 'HTTP method';
COMMENT ON COLUMN api_response_time.status_code IS 'HTTP status; 500 and above count as errors';
COMMENT ON COLUMN api_response_time.response_time_ms IS 'Time to answer in milliseconds; null when the source did not say, as in most access logs';
COMMENT ON COLUMN api_response_time.cache_hit IS 'Whether a cache answered; null when not said';

-- What the fact tables have in common is said once.
DO $$
DECLARE
  fact text;
BEGIN
  FOREACH fact IN ARRAY ARRAY['user_event', 'conversion_funnel', 'performance_metric', 'api_response_time', 'performance_alert'] LOOP
    EXECUTE format('COMMENT ON COLUMN %I.ts IS %L', fact, 'Event time, corrected for the client''s clock where that is known; decides the partition');
    EXECUTE format('COMMENT ON COLUMN %I.user_key IS %L', fact, 'The person (app_user); null when nobody was named');
    EXECUTE format('COMMENT ON COLUMN %I.properties IS %L', fact, 'What else the client said');
    CONTINUE WHEN fact = 'performance_alert';
    EXECUTE format('COMMENT ON COLUMN %I.batch_id IS %L', fact, 'The batch that brought the row');
    EXECUTE format('COMMENT ON COLUMN %I.session_id IS %L', fact, 'The client''s session; null when not said');
    EXECUTE format('CREATE INDEX %I ON %I USING brin (ts) WITH (pages_per_range = 32, autosummarize = on)', fact || '_ts', fact);
    EXECUTE format('CREATE INDEX %I ON %I USING brin (batch_id) WITH (pages_per_range = 32, autosummarize = on)', fact || '_batch_id', fact);
    EXECUTE format('CREATE INDEX %I ON %I USING brin (user_key int8_bloom_ops) WITH (pages_per_range = 32, autosummarize = on)', fact || '_user_key', fact);
  END LOOP;
END
$$;

CREATE INDEX performance_alert_severity ON performance_alert (severity, ts);
CREATE INDEX performance_alert_user_key ON performance_alert (user_key, ts);
CREATE INDEX performance_alert_metric ON performance_alert (metric, ts);
CREATE INDEX performance_alert_unresolved ON performance_alert (ts) WHERE resolved_at IS NULL;
