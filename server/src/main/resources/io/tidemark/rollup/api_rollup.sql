-- API calls, of each endpoint and method or of all, merged into {target} by each of {grains}. {part}: what is merged, by time, {keys} and bucket of the distribution.
WITH /* rollup.{purpose} api */ part AS (
  {part}
), added AS (
  SELECT grain, date_bin(width, at, 'epoch') AS bucket{keys},
         sum(requests)::bigint AS requests, sum(timed_requests)::bigint AS timed_requests,
         sum(client_errors)::bigint AS client_errors, sum(errors)::bigint AS errors,
         sum(cache_hits)::bigint AS cache_hits, sum(cache_answers)::bigint AS cache_answers,
         sum(total_ms) AS total_ms, max(max_ms) AS max_ms,
         coalesce(array_agg(value) FILTER (WHERE value IS NOT NULL), '{}') AS latency_values,
         coalesce(array_agg(timed_requests) FILTER (WHERE value IS NOT NULL), '{}') AS latency_counts
  FROM part JOIN (VALUES {grains}) AS grains (grain, width) ON {wanted}
  GROUP BY grain, date_bin(width, at, 'epoch'){keys}
), merged AS (
  SELECT grain, bucket{keys},
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
  LEFT JOIN {target} AS known USING (grain, bucket{keys})
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(value ORDER BY value), '{}') AS latency_values,
           coalesce(array_agg(count ORDER BY value), '{}') AS latency_counts
    FROM (SELECT value, sum(count)::bigint AS count
          FROM unnest(added.latency_values || known.latency_values, added.latency_counts || known.latency_counts) AS latency (value, count)
          GROUP BY value ORDER BY value) AS whole
  ) AS distribution
)
INSERT INTO {target}
  (grain, bucket{keys}, requests, timed_requests, client_errors, errors, cache_hits, cache_answers,
   total_ms, max_ms, latency_values, latency_counts, p50_ms, p95_ms, p99_ms)
SELECT grain, bucket{keys}, requests, timed_requests, client_errors, errors, cache_hits, cache_answers,
       total_ms, max_ms, latency_values, latency_counts, percentiles[1], percentiles[2], percentiles[3]
FROM merged
ON CONFLICT (grain, bucket{keys}) DO UPDATE
   SET requests = excluded.requests, timed_requests = excluded.timed_requests, client_errors = excluded.client_errors,
       errors = excluded.errors, cache_hits = excluded.cache_hits, cache_answers = excluded.cache_answers,
       total_ms = excluded.total_ms, max_ms = excluded.max_ms, latency_values = excluded.latency_values,
       latency_counts = excluded.latency_counts, p50_ms = excluded.p50_ms, p95_ms = excluded.p95_ms, p99_ms = excluded.p99_ms
