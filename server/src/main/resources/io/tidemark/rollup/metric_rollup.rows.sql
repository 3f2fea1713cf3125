-- Metric samples by minute, type and bucket of the distribution. {source}: rows of performance_metric.
-- Sums take sizes above 1e30 as 1e30, as distributions do: a sum beyond double precision is an error and would stop all rollups.
-- Units are compared by their bytes, as in Java.
SELECT date_bin('1 minute', ts, 'epoch') AS at, type, histogram_bucket(value) AS value,
       count(*) AS samples, sum(greatest(-1e30, least(value, 1e30))) AS total,
       min(value) AS smallest, max(value) AS largest, max(unit COLLATE "C") AS unit
FROM ({source}) AS source
GROUP BY 1, 2, 3
