-- Sets of people, merged into {target} by each of {grains}. {part}: what is merged, by time, key and chunk. {fact}: whose rows.
WITH /* rollup.{purpose} people */ part AS (
  {part}
)
INSERT INTO {target} AS known (grain, bucket, fact, key, chunk, people)
SELECT grain, date_bin(width, at, 'epoch') AS bucket, '{fact}', key, chunk, bit_or(people)
FROM part JOIN (VALUES {grains}) AS grains (grain, width) ON {wanted}
GROUP BY grain, bucket, key, chunk
ON CONFLICT (grain, bucket, fact, key, chunk) DO UPDATE SET people = known.people | excluded.people
