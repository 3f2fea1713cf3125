-- Metric samples by hour and type, as kept: the samples with their distribution, the rest beside. {range}: which hours.
SELECT bucket AS at, type, value, count AS samples, 0 AS total, smallest, largest, unit
FROM metric_rollup, unnest(sample_values, sample_counts) AS sample (value, count)
WHERE grain = 'hour' AND {range}
UNION ALL
SELECT bucket, type, NULL, 0, total, smallest, largest, unit
FROM metric_rollup
WHERE grain = 'hour' AND {range}
