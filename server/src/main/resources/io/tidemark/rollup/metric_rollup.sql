-- Metric samples of the source rows, merged into metric_rollup. {source}: rows of performance_metric.
-- Sums take sizes above 1e30 as 1e30, as distributions do: a sum beyond double precision is an error and would stop all rollups.
-- Units are compared by their bytes, as in Java.
WITH source AS (
  {source}
), by_minute AS (
  SELECT date_bin('1 minute', ts, 'epoch') AS minute, type, histogram_bucket(value) AS value,
         count(*) AS samples, sum(greatest(-1e30, least(value, 1e30))) AS total,
         min(value) AS smallest, max(value) AS largest, max(unit COLLATE "C") AS unit
  FROM source
  GROUP BY 1, 2, 3
), added AS (
  SELECT grain, date_bin(width, minute, 'epoch') AS bucket, type, sum(samples)::bigint AS samples, sum(total) AS total,
         min(smallest) AS smallest, max(largest) AS largest, max(unit) AS unit,
         array_agg(value) AS sample_values, array_agg(samples) AS sample_counts
  FROM by_minute, (VALUES ('minute', interval '1 minute'), ('hour', '1 hour'), ('day', '1 day')) AS grains (grain, width)
  GROUP BY 1, 2, 3
), merged AS (
  SELECT grain, bucket, type,
         added.samples + coalesce(known.samples, 0) AS samples,
         added.total + coalesce(known.total, 0) AS total,
         least(added.smallest, known.smallest) AS smallest,
         greatest(added.largest, known.largest) AS largest,
         greatest(added.unit, known.unit) AS unit,
         distribution.sample_values,
         distribution.sample_counts,
         histogram_percentiles(distribution.sample_values, distribution.sample_counts, '{0.50, 0.95, 0.99}') AS percentiles
  FROM added
  LEFT JOIN metric_rollup AS known USING (grain, bucket, type)
  CROSS JOIN LATERAL (
    SELECT array_agg(value ORDER BY value) AS sample_values, array_agg(count ORDER BY value) AS sample_counts
    FROM (SELECT value, sum(count)::bigint AS count
          FROM unnest(added.sample_values || known.sample_values, added.sample_counts || known.sample_counts) AS part (value, count)
          GROUP BY value ORDER BY value) AS whole
  ) AS distribution
)
INSERT INTO /* rollup.refresh metric */ metric_rollup
  (grain, bucket, type, samples, total, smallest, largest, unit, sample_values, sample_counts, p50, p95, p99)
SELECT grain, bucket, type, samples, total, smallest, largest, unit, sample_values, sample_counts,
       percentiles[1], percentiles[2], percentiles[3]
FROM merged
ON CONFLICT (grain, bucket, type) DO UPDATE
   SET samples = excluded.samples, total = excluded.total, smallest = excluded.smallest, largest = excluded.largest,
       unit = excluded.unit, sample_values = excluded.sample_values, sample_counts = excluded.sample_counts,
       p50 = excluded.p50, p95 = excluded.p95, p99 = excluded.p99
