-- User events of some buckets, up to 256 types to a row.
WITH /* rollup.pack event */ moved AS (
  DELETE FROM event_rollup_unpacked WHERE grain = ? AND bucket = ANY (?) RETURNING *
), placed AS (
  SELECT *, ((row_number() OVER (PARTITION BY bucket ORDER BY event_type) - 1) / 256)::integer AS slot FROM moved
)
INSERT INTO event_rollup_packed (grain, bucket, slot, events, event_type)
SELECT grain, bucket, slot, array_agg(events::integer ORDER BY event_type), array_agg(event_type ORDER BY event_type)
FROM placed
GROUP BY grain, bucket, slot
