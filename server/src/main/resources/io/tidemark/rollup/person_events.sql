-- Each person's events, added to {target}. {source}: rows of user_event.
WITH /* rollup.{purpose} activity */ added AS (
  SELECT user_key, kind_id, count(*) AS events, max(ts) AS last_at
  FROM ({source}) AS source JOIN fact_kind ON fact = 'user_event' AND name = event_type
  WHERE user_key IS NOT NULL
  GROUP BY user_key, kind_id
), known AS (
  SELECT user_key, counted.kind_id, counted.events::bigint, last_at
  FROM {target} AS target
  CROSS JOIN LATERAL unnest(target.events[: cardinality(target.events) / 2], target.events[cardinality(target.events) / 2 + 1 :]) AS counted (kind_id, events)
  WHERE user_key IN (SELECT user_key FROM added)
)
INSERT INTO {target} (user_key, last_at, total_events, events)
SELECT user_key, max(last_at), least(sum(events), 2147483647),
       array_agg(kind_id ORDER BY kind_id) || array_agg(least(events, 2147483647)::integer ORDER BY kind_id)
FROM (SELECT user_key, kind_id, sum(events) AS events, max(last_at) AS last_at
      FROM (SELECT * FROM added UNION ALL SELECT * FROM known) AS part
      GROUP BY user_key, kind_id) AS total
GROUP BY user_key
ON CONFLICT (user_key) DO UPDATE SET last_at = excluded.last_at, total_events = excluded.total_events, events = excluded.events
