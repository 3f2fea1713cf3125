-- User events of the source rows, merged into event_rollup. {source}: rows of user_event.
WITH source AS (
  {source}
), by_minute AS (
  SELECT date_bin('1 minute', ts, 'epoch') AS minute, event_type, count(*) AS events FROM source GROUP BY 1, 2
)
INSERT INTO /* rollup.refresh event */ event_rollup AS known (grain, bucket, event_type, events)
SELECT grain, date_bin(width, minute, 'epoch') AS bucket, event_type, sum(events)
FROM by_minute, (VALUES ('minute', interval '1 minute'), ('hour', '1 hour'), ('day', '1 day')) AS grains (grain, width)
GROUP BY 1, 2, 3
ON CONFLICT (grain, bucket, event_type) DO UPDATE SET events = known.events + excluded.events
