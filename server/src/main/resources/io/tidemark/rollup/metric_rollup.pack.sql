-- Metric samples of some buckets, up to 256 types to a row.
WITH /* rollup.pack metric */ moved AS (
  DELETE FROM metric_rollup_unpacked WHERE grain = ? AND bucket = ANY (?) RETURNING *
), placed AS (
  SELECT *, ((row_number() OVER (PARTITION BY bucket ORDER BY type) - 1) / 256)::integer AS slot FROM moved
), measured AS (
  SELECT *, sum(cardinality(sample_values)) OVER (PARTITION BY bucket, slot ORDER BY type)::integer AS sample_end
  FROM placed
)
INSERT INTO metric_rollup_packed
  (grain, bucket, slot, samples, total, smallest, largest, p50, p95, p99, type, unit, sample_end, sample_steps, sample_counts)
SELECT grain, bucket, slot, array_agg(samples::integer ORDER BY type), array_agg(total ORDER BY type),
       array_agg(smallest ORDER BY type), array_agg(largest ORDER BY type),
       array_agg(p50 ORDER BY type), array_agg(p95 ORDER BY type), array_agg(p99 ORDER BY type),
       array_agg(type ORDER BY type), array_agg(unit ORDER BY type),
       array_agg(sample_end ORDER BY type),
       array_concat(histogram_steps(sample_values) ORDER BY type), array_concat(sample_counts::integer[] ORDER BY type)
FROM measured
GROUP BY grain, bucket, slot
