-- The people by hour and key, as kept. {range}: which hours.
SELECT bucket AS at, key, chunk, people FROM people_rollup WHERE grain = 'hour' AND fact = '{fact}' AND {range}
