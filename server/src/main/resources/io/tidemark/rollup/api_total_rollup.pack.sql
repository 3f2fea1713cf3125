-- All API calls of some buckets.
WITH /* rollup.pack api total */ moved AS (
  DELETE FROM api_total_rollup_unpacked WHERE grain = ? AND bucket = ANY (?) RETURNING *
)
INSERT INTO api_total_rollup_packed
  (grain, bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms,
   latency_steps, latency_counts)
SELECT grain, bucket, requests, timed_requests, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms, p50_ms, p95_ms, p99_ms,
       histogram_steps(latency_values), latency_counts
FROM moved
