-- API calls of the source rows, merged into api_rollup. {source}: rows of api_response_time.
-- Sums take sizes above 1e30 as 1e30, as distributions do: a sum beyond double precision is an error and would stop all rollups.
WITH source AS (
  {source}
), by_minute AS (
  SELECT date_bin('1 minute', ts, 'epoch') AS minute, endpoint, method, histogram_bucket(response_time_ms) AS value,
         count(*) AS requests,
         count(*) FILTER (WHERE status_code BETWEEN 400 AND 499) AS client_errors,
         count(*) FILTER (WHERE status_code >= 500) AS errors,
         count(*) FILTER (WHERE cache_hit) AS cache_hits,
         count(cache_hit) AS cache_answers,
         coalesce(sum(least(response_time_ms, 1e30)) FILTER (WHERE response_time_ms IS NOT NULL), 0) AS total_ms,
         max(response_time_ms) AS max_ms
  FROM source
  GROUP BY 1, 2, 3, 4
), added AS (
  SELECT grain, date_bin(width, minute, 'epoch') AS bucket, endpoint, method,
         sum(requests)::bigint AS requests,
         coalesce(sum(requests) FILTER (WHERE value IS NOT NULL), 0)::bigint AS timed_requests,
         sum(client_errors)::bigint AS client_errors, sum(errors)::bigint AS errors,
         sum(cache_hits)::bigint AS cache_hits, sum(cache_answers)::bigint AS cache_answers,
         sum(total_ms) AS total_ms, max(max_ms) AS max_ms,
         coalesce(array_agg(value) FILTER (WHERE value IS NOT NULL), '{}') AS latency_values,
         coalesce(array_agg(requests) FILTER (WHERE value IS NOT NULL), '{}') AS latency_counts
  FROM by_minute, (VALUES ('minute', interval '1 minute'), ('hour', '1 hour'), ('day', '1 day')) AS grains (grain, width)
  GROUP BY 1, 2, 3, 4
), merged AS (
  SELECT grain, bucket, endpoint, method,
         added.requests + coalesce(known.requests, 0) AS requests,
         added.timed_requests + coalesce(known.timed_requests, 0) AS timed_requests,
         added.client_errors + coalesce(known.client_errors, 0) AS client_errors,
         added.errors + coalesce(known.errors, 0) AS errors,
         added.cache_hits + coalesce(known.cache_hits, 0) AS cache_hits,
         added.cache_answers + coalesce(known.cache_answers, 0) AS cache_answers,
         added.total_ms + coalesce(known.total_ms, 0) AS total_ms,
         greatest(added.max_ms, known.max_ms) AS max_ms,
         distribution.latency_values,
         distribution.latency_counts,
         histogram_percentiles(distribution.latency_values, distribution.latency_counts, '{0.50, 0.95, 0.99}') AS percentiles
  FROM added
  LEFT JOIN api_rollup AS known USING (grain, bucket, endpoint, method)
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(value ORDER BY value), '{}') AS latency_values,
           coalesce(array_agg(count ORDER BY value), '{}') AS latency_counts
    FROM (SELECT value, sum(count)::bigint AS count
          FROM unnest(added.latency_values || known.latency_values, added.latency_counts || known.latency_counts) AS part (value, count)
          GROUP BY value ORDER BY value) AS whole
  ) AS distribution
)
INSERT INTO /* rollup.refresh api */ api_rollup
  (grain, bucket, endpoint, method, requests, timed_requests, client_errors, errors, cache_hits, cache_answers,
   total_ms, max_ms, latency_values, latency_counts, p50_ms, p95_ms, p99_ms)
SELECT grain, bucket, endpoint, method, requests, timed_requests, client_errors, errors, cache_hits, cache_answers,
       total_ms, max_ms, latency_values, latency_counts, percentiles[1], percentiles[2], percentiles[3]
FROM merged
ON CONFLICT (grain, bucket, endpoint, method) DO UPDATE
   SET requests = excluded.requests, timed_requests = excluded.timed_requests, client_errors = excluded.client_errors,
       errors = excluded.errors, cache_hits = excluded.cache_hits, cache_answers = excluded.cache_answers,
       total_ms = excluded.total_ms, max_ms = excluded.max_ms, latency_values = excluded.latency_values,
       latency_counts = excluded.latency_counts, p50_ms = excluded.p50_ms, p95_ms = excluded.p95_ms, p99_ms = excluded.p99_ms
