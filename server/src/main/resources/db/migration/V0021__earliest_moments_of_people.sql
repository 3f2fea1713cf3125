-- first_seen_at was when the first record of a person arrived: of history that is sent afterwards, the day of sending. It is the
-- time of the earliest record from now on. Reads all detail once.

UPDATE app_user AS person
SET first_seen_at = seen.at
FROM (
  SELECT user_key, min(at) AS at
  FROM (
    SELECT user_key, min(ts) AS at FROM user_event_detail GROUP BY user_key
    UNION ALL
    SELECT user_key, min(ts) FROM conversion_funnel_detail GROUP BY user_key
    UNION ALL
    SELECT user_key, min(ts) FROM performance_metric_detail GROUP BY user_key
    UNION ALL
    SELECT user_key, min(ts) FROM api_response_time_detail GROUP BY user_key
    UNION ALL
    SELECT user_key, described_at FROM app_user
    UNION ALL
    SELECT user_key, min(first_described_at) FROM subscription GROUP BY user_key
  ) AS moment
  GROUP BY user_key
) AS seen
WHERE person.user_key = seen.user_key AND person.first_seen_at > seen.at;

COMMENT ON COLUMN app_user.first_seen_at IS 'Event time of the earliest record of this person, whenever it arrived';
