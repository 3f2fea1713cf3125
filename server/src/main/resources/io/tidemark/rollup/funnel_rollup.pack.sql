-- Funnel steps of some buckets, up to 256 steps to a row.
WITH /* rollup.pack funnel */ moved AS (
  DELETE FROM funnel_rollup_unpacked WHERE grain = ? AND bucket = ANY (?) RETURNING *
), placed AS (
  SELECT *, ((row_number() OVER (PARTITION BY bucket ORDER BY step) - 1) / 256)::integer AS slot FROM moved
)
INSERT INTO funnel_rollup_packed (grain, bucket, slot, completions, step)
SELECT grain, bucket, slot, array_agg(completions::integer ORDER BY step), array_agg(step ORDER BY step)
FROM placed
GROUP BY grain, bucket, slot
