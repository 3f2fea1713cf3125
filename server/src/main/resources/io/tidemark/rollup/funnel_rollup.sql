-- Funnel steps of the source rows, merged into funnel_rollup. {source}: rows of conversion_funnel.
WITH source AS (
  {source}
), by_minute AS (
  SELECT date_bin('1 minute', ts, 'epoch') AS minute, step, count(*) AS completions FROM source GROUP BY 1, 2
)
INSERT INTO /* rollup.refresh funnel */ funnel_rollup AS known (grain, bucket, step, completions)
SELECT grain, date_bin(width, minute, 'epoch') AS bucket, step, sum(completions)
FROM by_minute, (VALUES ('minute', interval '1 minute'), ('hour', '1 hour'), ('day', '1 day')) AS grains (grain, width)
GROUP BY 1, 2, 3
ON CONFLICT (grain, bucket, step) DO UPDATE SET completions = known.completions + excluded.completions
