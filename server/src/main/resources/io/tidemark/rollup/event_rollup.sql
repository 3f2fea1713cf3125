-- User events, merged into {target} by each of {grains}. {part}: what is merged, by time and event_type.
WITH /* rollup.{purpose} event */ part AS (
  {part}
)
INSERT INTO {target} AS known (grain, bucket, event_type, events)
SELECT grain, date_bin(width, at, 'epoch') AS bucket, event_type, sum(events)
FROM part JOIN (VALUES {grains}) AS grains (grain, width) ON {wanted}
GROUP BY 1, 2, 3
ON CONFLICT (grain, bucket, event_type) DO UPDATE SET events = known.events + excluded.events
