-- Metric samples, merged into {target} by each of {grains}. {part}: what is merged, by time, type and bucket of the distribution.
WITH /* rollup.{purpose} metric */ part AS (
  {part}
), added AS (
  SELECT grain, date_bin(width, at, 'epoch') AS bucket, type, sum(samples)::bigint AS samples, sum(total) AS total,
         min(smallest) AS smallest, max(largest) AS largest, max(unit COLLATE "C") AS unit,
         array_agg(value) FILTER (WHERE value IS NOT NULL) AS sample_values,
         array_agg(samples) FILTER (WHERE value IS NOT NULL) AS sample_counts
  FROM part JOIN (VALUES {grains}) AS grains (grain, width) ON {wanted}
  GROUP BY 1, 2, 3
), merged AS (
  SELECT grain, bucket, type,
         added.samples + coalesce(known.samples, 0) AS samples,
         added.total + coalesce(known.total, 0) AS total,
         least(added.smallest, known.smallest) AS smallest,
         greatest(added.largest, known.largest) AS largest,
         greatest(added.unit, known.unit COLLATE "C") AS unit,
         distribution.sample_values,
         distribution.sample_counts,
         histogram_percentiles(distribution.sample_values, distribution.sample_counts, '{0.50, 0.95, 0.99}') AS percentiles
  FROM added
  LEFT JOIN {target} AS known USING (grain, bucket, type)
  CROSS JOIN LATERAL (
    SELECT array_agg(value ORDER BY value) AS sample_values, array_agg(count ORDER BY value) AS sample_counts
    FROM (SELECT value, sum(count)::bigint AS count
          FROM unnest(added.sample_values || known.sample_values, added.sample_counts || known.sample_counts) AS sample (value, count)
          GROUP BY value ORDER BY value) AS whole
  ) AS distribution
)
INSERT INTO {target}
  (grain, bucket, type, samples, total, smallest, largest, unit, sample_values, sample_counts, p50, p95, p99)
SELECT grain, bucket, type, samples, total, smallest, largest, unit, sample_values, sample_counts,
       percentiles[1], percentiles[2], percentiles[3]
FROM merged
ON CONFLICT (grain, bucket, type) DO UPDATE
   SET samples = excluded.samples, total = excluded.total, smallest = excluded.smallest, largest = excluded.largest,
       unit = excluded.unit, sample_values = excluded.sample_values, sample_counts = excluded.sample_counts,
       p50 = excluded.p50, p95 = excluded.p95, p99 = excluded.p99
