-- API calls of some buckets, up to 256 endpoints and methods to a row.
WITH /* rollup.pack api */ moved AS (
  DELETE FROM api_rollup_unpacked WHERE grain = ? AND bucket = ANY (?) RETURNING *
), placed AS (
  SELECT *, ((row_number() OVER (PARTITION BY bucket ORDER BY endpoint, method) - 1) / 256)::integer AS slot FROM moved
), measured AS (
  SELECT *, sum(cardinality(latency_values)) OVER (PARTITION BY bucket, slot ORDER BY endpoint, method)::integer AS latency_end
  FROM placed
)
INSERT INTO api_rollup_packed
  (grain, bucket, slot, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms,
   endpoint, method, latency_end, latency_steps, latency_counts)
SELECT grain, bucket, slot, array_agg(requests::integer ORDER BY endpoint, method), array_agg(timed_requests::integer ORDER BY endpoint, method),
       array_agg(client_errors::integer ORDER BY endpoint, method), array_agg(errors::integer ORDER BY endpoint, method),
       array_agg(cache_hits::integer ORDER BY endpoint, method), array_agg(cache_answers::integer ORDER BY endpoint, method),
       array_agg(total_ms ORDER BY endpoint, method), array_agg(max_ms ORDER BY endpoint, method),
       array_agg(p50_ms ORDER BY endpoint, method), array_agg(p95_ms ORDER BY endpoint, method), array_agg(p99_ms ORDER BY endpoint, method),
       array_agg(endpoint ORDER BY endpoint, method), array_agg(method ORDER BY endpoint, method),
       array_agg(latency_end ORDER BY endpoint, method),
       array_concat(histogram_steps(latency_values) ORDER BY endpoint, method), array_concat(latency_counts::integer[] ORDER BY endpoint, method)
FROM measured
GROUP BY grain, bucket, slot
