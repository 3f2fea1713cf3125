-- Funnel steps, merged into {target} by each of {grains}. {part}: what is merged, by time and step.
WITH /* rollup.{purpose} funnel */ part AS (
  {part}
)
INSERT INTO {target} AS known (grain, bucket, step, completions)
SELECT grain, date_bin(width, at, 'epoch') AS bucket, step, sum(completions)
FROM part JOIN (VALUES {grains}) AS grains (grain, width) ON {wanted}
GROUP BY 1, 2, 3
ON CONFLICT (grain, bucket, step) DO UPDATE SET completions = known.completions + excluded.completions
