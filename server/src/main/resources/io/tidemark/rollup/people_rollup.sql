-- The people of the source rows, added to the sets of people_rollup. {source}: rows of any fact table.
-- {fact}: its name. {key}: what its sets are told apart by.
WITH source AS (
  {source}
), by_minute AS (
  SELECT DISTINCT date_bin('1 minute', ts, 'epoch') AS minute, {key} AS key, user_key FROM source WHERE user_key IS NOT NULL
), person AS (
  SELECT DISTINCT grain, bucket, key, user_key
  FROM by_minute,
       (VALUES ('minute'), ('hour'), ('day')) AS grains (grain),
       date_trunc(grain, minute, 'UTC') AS bucket
)
INSERT INTO /* rollup.refresh people */ people_rollup AS known (grain, bucket, fact, key, chunk, people)
SELECT grain, bucket, '{fact}', key, user_key / 4096, bit_or(set_bit(0::bit(4096), (user_key % 4096)::integer, 1))
FROM person
GROUP BY grain, bucket, key, user_key / 4096
ON CONFLICT (grain, bucket, fact, key, chunk) DO UPDATE SET people = known.people | excluded.people
