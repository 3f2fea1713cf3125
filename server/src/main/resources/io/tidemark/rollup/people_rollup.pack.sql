-- Sets of people of some buckets: everyone once, and for each fact and key who of them is in its set.
WITH /* rollup.pack people */ moved AS (
  DELETE FROM people_rollup_unpacked WHERE grain = ? AND bucket = ANY (?) RETURNING *
), member AS (
  SELECT grain, bucket, (chunk / 8)::integer AS slot, fact, key, (chunk % 8 * 32768 + place)::integer AS member
  FROM moved, unnest(people_offsets(people)) AS place
), seated AS (
  SELECT *, dense_rank() OVER (PARTITION BY grain, bucket, slot ORDER BY member) AS seat FROM member
), spaced AS (
  SELECT *, seat - coalesce(lag(seat) OVER (PARTITION BY grain, bucket, slot, fact, key ORDER BY seat), 0) - 1 AS gap FROM seated
), own AS (
  SELECT grain, bucket, slot, fact, key, string_agg(repeat('0', gap::integer) || '1', '' ORDER BY seat) AS held
  FROM spaced
  GROUP BY grain, bucket, slot, fact, key
), everyone AS (
  SELECT grain, bucket, slot, array_agg(member ORDER BY member) AS members
  FROM (SELECT DISTINCT grain, bucket, slot, member FROM member) AS person
  GROUP BY grain, bucket, slot
)
INSERT INTO people_rollup_packed (grain, bucket, slot, fact, key, members, held)
SELECT grain, bucket, slot, array_agg(fact ORDER BY fact, key), array_agg(key ORDER BY fact, key), members,
       string_agg(rpad(held, cardinality(members), '0'), '' ORDER BY fact, key)::bit varying
FROM everyone JOIN own USING (grain, bucket, slot)
GROUP BY grain, bucket, slot, members
