-- The people of the source rows, added to the sets of people_rollup. {source}: rows of any fact table.
-- {fact}: its name. {key}: what its sets are told apart by.
WITH source AS (
  {source}
), person AS (
  SELECT DISTINCT date_bin('1 minute', ts, 'epoch') AS minute, {key} AS key, user_key FROM source WHERE user_key IS NOT NULL
), by_minute AS (
  SELECT minute, key, user_key / 4096 AS chunk, bit_or(set_bit(0::bit(4096), (user_key % 4096)::integer, 1)) AS people
  FROM person
  GROUP BY 1, 2, 3
)
INSERT INTO /* rollup.refresh people */ people_rollup AS known (grain, bucket, fact, key, chunk, people)
SELECT grain, date_bin(width, minute, 'epoch') AS bucket, '{fact}', key, chunk, bit_or(people)
FROM by_minute, (VALUES ('minute', interval '1 minute'), ('hour', '1 hour'), ('day', '1 day')) AS grains (grain, width)
GROUP BY grain, bucket, key, chunk
ON CONFLICT (grain, bucket, fact, key, chunk) DO UPDATE SET people = known.people | excluded.people
