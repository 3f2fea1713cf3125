-- The people behind rows by minute and key, as chunks of bits. {source}: rows of a fact table. {keys}: what its sets are told apart by.
WITH person AS (
  SELECT DISTINCT date_bin('1 minute', ts, 'epoch') AS at, {keys} AS key, user_key FROM ({source}) AS source WHERE user_key IS NOT NULL
)
SELECT at, key, user_key / 4096 AS chunk, bit_or(set_bit(0::bit(4096), (user_key % 4096)::integer, 1)) AS people
FROM person
GROUP BY 1, 2, 3
