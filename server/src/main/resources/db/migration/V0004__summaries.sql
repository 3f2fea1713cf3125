-- The summaries under the names people ask for, on top of the rollups: for psql, Grafana, Metabase.
-- Days and hours are UTC. An average is over calls and a percentile over merged distributions, never an average of averages.

CREATE VIEW daily_performance_summary AS
WITH total AS (
  SELECT bucket, sum(requests) AS requests, sum(timed_requests) AS timed_requests, sum(errors) AS errors, sum(total_ms) AS total_ms,
         sum(cache_hits) AS cache_hits, sum(cache_answers) AS cache_answers
  FROM api_rollup WHERE grain = 'day' GROUP BY bucket
), distribution AS (
  SELECT bucket, value, sum(count) AS count
  FROM api_rollup, unnest(latency_values, latency_counts) AS latency (value, count)
  WHERE grain = 'day' GROUP BY bucket, value
), merged AS (
  SELECT bucket, array_agg(value) AS latency_values, array_agg(count::bigint) AS latency_counts
  FROM distribution GROUP BY bucket
)
SELECT (bucket AT TIME ZONE 'UTC')::date AS date,
       total_ms / nullif(timed_requests, 0) AS avg_response_time,
       histogram_percentile(latency_values, latency_counts, 0.95) AS p95_response_time,
       histogram_percentile(latency_values, latency_counts, 0.99) AS p99_response_time,
       requests::bigint AS total_requests,
       errors::double precision / requests::double precision AS error_rate,
       cache_hits::double precision / nullif(cache_answers, 0)::double precision AS cache_hit_rate
FROM total LEFT JOIN merged USING (bucket);
COMMENT ON VIEW daily_performance_summary IS 'API performance by day. Response times in milliseconds; rates from 0 to 1; cache_hit_rate of the calls that said whether a cache answered.';

CREATE VIEW hourly_performance_summary AS
WITH total AS (
  SELECT bucket, endpoint, sum(requests) AS requests, sum(timed_requests) AS timed_requests, sum(errors) AS errors, sum(total_ms) AS total_ms
  FROM api_rollup WHERE grain = 'hour' GROUP BY bucket, endpoint
)
SELECT bucket AS hour, endpoint, total_ms / nullif(timed_requests, 0) AS avg_response_time,
       requests::bigint AS request_count, errors::bigint AS error_count
FROM total;
COMMENT ON VIEW hourly_performance_summary IS 'API performance by hour and endpoint. Response times in milliseconds.';

CREATE VIEW user_engagement_scores AS
SELECT user_key, sum(events)::bigint AS total_events,
       sum(events * coalesce(weight, 1)) AS engagement_score,
       max(last_at) AS last_activity
FROM person_activity LEFT JOIN engagement_weight USING (event_type)
GROUP BY user_key;
COMMENT ON VIEW user_engagement_scores IS 'Engagement of each person over all time: events weighted by engagement_weight.';

CREATE VIEW funnel_completion_rates AS
WITH person AS (
  SELECT bucket, key AS step, sum(bit_count(people)) AS people
  FROM people_rollup WHERE grain = 'day' AND fact = 'conversion_funnel' GROUP BY bucket, key
)
SELECT (bucket AT TIME ZONE 'UTC')::date AS date, step, completions AS step_completions, coalesce(people, 0)::bigint AS unique_users
FROM funnel_rollup LEFT JOIN person USING (bucket, step)
WHERE grain = 'day';
COMMENT ON VIEW funnel_completion_rates IS 'Completions of each funnel step and the distinct people behind them, by day.';

DO $$
DECLARE
  described record;
BEGIN
  FOR described IN
    SELECT * FROM (VALUES
      ('daily_performance_summary', 'date', 'Day (UTC)'),
      ('daily_performance_summary', 'avg_response_time', 'Mean over all calls, in milliseconds'),
      ('daily_performance_summary', 'p95_response_time', '95th percentile over all calls (nearest rank, within 1 %), in milliseconds'),
      ('daily_performance_summary', 'p99_response_time', '99th percentile over all calls (nearest rank, within 1 %), in milliseconds'),
      ('daily_performance_summary', 'total_requests', 'Calls'),
      ('daily_performance_summary', 'error_rate', 'Share of calls answered with 500 or above'),
      ('daily_performance_summary', 'cache_hit_rate', 'Share answered by a cache, of the calls that said so'),
      ('hourly_performance_summary', 'hour', 'Start of the hour'),
      ('hourly_performance_summary', 'endpoint', 'Path or route of the calls'),
      ('hourly_performance_summary', 'avg_response_time', 'Mean, in milliseconds'),
      ('hourly_performance_summary', 'request_count', 'Calls'),
      ('hourly_performance_summary', 'error_count', 'Calls answered with 500 or above'),
      ('user_engagement_scores', 'user_key', 'The person (app_user)'),
      ('user_engagement_scores', 'total_events', 'Events over all time'),
      ('user_engagement_scores', 'engagement_score', 'Events weighted by engagement_weight'),
      ('user_engagement_scores', 'last_activity', 'Event time of the latest event'),
      ('funnel_completion_rates', 'date', 'Day (UTC)'),
      ('funnel_completion_rates', 'step', 'Funnel step'),
      ('funnel_completion_rates', 'step_completions', 'How often the step was completed'),
      ('funnel_completion_rates', 'unique_users', 'Distinct people who completed it')
    ) AS entry (view_name, column_name, meaning)
  LOOP
    EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', described.view_name, described.column_name, described.meaning);
  END LOOP;
END
$$;
