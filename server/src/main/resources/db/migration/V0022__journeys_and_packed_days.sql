-- Views that still read the tables of rollups that were renamed when packing came, and so lost what is packed, read the rollups now.
-- Journeys end with the silence that ends a client's session, wherever midnight and a WHERE on date lie.

CREATE OR REPLACE VIEW funnel_completion_rates AS
SELECT (bucket AT TIME ZONE 'UTC')::date AS date, step, completions AS step_completions, coalesce(person.people, 0)::bigint AS unique_users
FROM funnel_rollup
CROSS JOIN LATERAL (
  SELECT sum(bit_count(people)) AS people
  FROM people_rollup
  WHERE grain = 'day' AND bucket = funnel_rollup.bucket AND fact = 'conversion_funnel' AND key = funnel_rollup.step
) AS person
WHERE grain = 'day';

CREATE OR REPLACE VIEW performance_behavior_correlation AS
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

-- A journey is what a person did in a client's session until it was silent for more than 24 hours. So within 24 hours at most one begins in a session:
-- with its first step of a day, unless the day before has one not longer than 24 hours ago. Whether it goes on after the next day, which few do, is
-- looked up for each that does, 24 hours at a time.
CREATE OR REPLACE VIEW revenue_attribution AS
SELECT journey.user_key, journey.session_id, journey.journey_start, journey.journey_end, journey.steps_completed, journey.journey_completed,
       bought.tier AS subscription_tier, bought.price AS revenue_value, bought.currency AS revenue_currency,
       (day.bucket AT TIME ZONE 'UTC')::date AS date
FROM (SELECT bucket FROM funnel_rollup WHERE grain = 'day' GROUP BY bucket) AS day
CROSS JOIN LATERAL (
  SELECT begun.user_key, begun.session_id, begun.first_at AS journey_start,
         coalesce(later.last_at, begun.last_at) AS journey_end,
         coalesce(later.steps, begun.steps)::bigint AS steps_completed,
         coalesce(later.is_completed, begun.is_completed)::integer AS journey_completed
  FROM (
    SELECT user_key, session_id, first_at, goes_on,
           CASE WHEN goes_on THEN last_at_next_day ELSE last_at END AS last_at,
           CASE WHEN goes_on THEN steps + steps_next_day ELSE steps END AS steps,
           is_completed OR goes_on AND is_completed_next_day AS is_completed
    FROM (
      SELECT user_key, session_id,
             min(first_at) FILTER (WHERE bucket = day.bucket) AS first_at,
             max(last_at) FILTER (WHERE bucket = day.bucket) AS last_at,
             max(steps) FILTER (WHERE bucket = day.bucket) AS steps,
             coalesce(bool_or(is_completed) FILTER (WHERE bucket = day.bucket), false) AS is_completed,
             max(last_at) AS last_at_next_day,
             max(steps) FILTER (WHERE bucket > day.bucket) AS steps_next_day,
             coalesce(bool_or(is_completed) FILTER (WHERE bucket > day.bucket), false) AS is_completed_next_day,
             coalesce(min(first_at) FILTER (WHERE bucket > day.bucket) - max(last_at) FILTER (WHERE bucket = day.bucket) <= interval '24 hours', false) AS goes_on
      FROM (
        SELECT user_key, session_id, date_bin('24 hours', ts, 'epoch') AS bucket, min(ts) AS first_at, max(ts) AS last_at, count(*) AS steps,
               bool_or(step IN (SELECT value FROM insight_setting WHERE setting = 'last-steps')) AS is_completed
        FROM conversion_funnel
        WHERE ts >= day.bucket - interval '24 hours' AND ts < day.bucket + interval '48 hours' AND user_key IS NOT NULL AND session_id IS NOT NULL
        GROUP BY user_key, session_id, date_bin('24 hours', ts, 'epoch')
      ) AS session_of_day
      GROUP BY user_key, session_id
      HAVING coalesce(min(first_at) FILTER (WHERE bucket = day.bucket) - max(last_at) FILTER (WHERE bucket < day.bucket) > interval '24 hours',
                      bool_or(bucket = day.bucket))
    ) AS known
  ) AS begun
  LEFT JOIN LATERAL (
    WITH RECURSIVE followed AS (
      SELECT begun.last_at, begun.steps, begun.is_completed
      UNION ALL
      SELECT more.last_at, followed.steps + more.steps, followed.is_completed OR more.is_completed
      FROM followed
      CROSS JOIN LATERAL (
        SELECT max(ts) AS last_at, count(*) AS steps, bool_or(step IN (SELECT value FROM insight_setting WHERE setting = 'last-steps')) AS is_completed
        FROM conversion_funnel
        WHERE user_key = begun.user_key AND session_id = begun.session_id
          AND ts > followed.last_at AND ts <= followed.last_at + interval '24 hours'
      ) AS more
      WHERE more.steps > 0
    )
    SELECT last_at, steps, is_completed FROM followed WHERE begun.goes_on ORDER BY last_at DESC LIMIT 1
  ) AS later ON true
) AS journey
LEFT JOIN LATERAL (
  SELECT tier, price, currency
  FROM subscription_period
  WHERE subscription_period.user_key = journey.user_key AND starts_at <= journey.journey_end AND ends_at > journey.journey_start
  ORDER BY starts_at DESC, subscription_id DESC
  LIMIT 1
) AS bought ON true;
COMMENT ON VIEW revenue_attribution IS 'What each person did in each journey through the funnel, and what they paid for at that time. A journey is what was done in a client''s session until it was silent for more than 24 hours. Each step with a person and a session is in exactly one, whatever is asked for. One row for a journey, however many subscriptions there are. Filter by date: only the days asked for are read, the day before and after, and what journeys go on for.';
COMMENT ON COLUMN revenue_attribution.subscription_tier IS 'Tier of the subscription that ran during the journey (subscription_period), the one begun last when several did; null without one';
COMMENT ON COLUMN revenue_attribution.session_id IS 'The client''s session; it has several journeys when it was silent for more than 24 hours in between';

CREATE OR REPLACE VIEW user_journey_analysis AS
SELECT person.user_key, person.subscription_tier,
       coalesce(journey.sessions, 0) AS total_sessions,
       coalesce(journey.successful, 0) AS successful_sessions,
       journey.successful::double precision / journey.sessions AS conversion_rate,
       processing.mean AS avg_processing_time
FROM app_user AS person
LEFT JOIN (
  SELECT user_key, count(*) AS sessions, count(*) FILTER (WHERE is_successful) AS successful
  FROM (
    SELECT user_key, session_id, pauses, bool_or(is_successful) AS is_successful
    FROM (
      SELECT user_key, session_id, is_successful, count(*) FILTER (WHERE is_after_pause) OVER (PARTITION BY user_key, session_id ORDER BY first_at) AS pauses
      FROM (
        SELECT user_key, session_id, first_at, is_successful,
               first_at - lag(last_at) OVER (PARTITION BY user_key, session_id ORDER BY first_at) > interval '24 hours' AS is_after_pause
        FROM (
          SELECT user_key, session_id, min(ts) AS first_at, max(ts) AS last_at,
                 bool_or(step IN (SELECT value FROM insight_setting WHERE setting = 'converting-steps')) AS is_successful
          FROM conversion_funnel
          WHERE user_key IS NOT NULL AND session_id IS NOT NULL
          GROUP BY user_key, session_id, date_bin('24 hours', ts, 'epoch')
        ) AS session_of_day
      ) AS paused
    ) AS numbered
    GROUP BY user_key, session_id, pauses
  ) AS session
  GROUP BY user_key
) AS journey USING (user_key)
LEFT JOIN (
  SELECT user_key, avg(greatest(-1e30, least(value, 1e30))) AS mean
  FROM performance_metric
  WHERE user_key IS NOT NULL AND type IN (SELECT value FROM insight_setting WHERE setting = 'processing-metrics')
  GROUP BY user_key
) AS processing USING (user_key);
COMMENT ON VIEW user_journey_analysis IS 'Sessions of each person and how many of them converted, over all detail that is kept. Funnel and metrics are aggregated by person before they meet; conversion_rate is the share of sessions, not a mean over steps. Steps without a session are in none; a session that was silent for more than 24 hours is another one after that, as in revenue_attribution.';
COMMENT ON COLUMN user_journey_analysis.total_sessions IS 'Sessions with at least one funnel step; after more than 24 hours without one, a session is another';
