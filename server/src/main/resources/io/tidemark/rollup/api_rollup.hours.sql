-- API calls by hour and {keys}, as kept: timed calls with their distribution, the rest beside. {range}: which hours.
SELECT bucket AS at{keys}, value, 0 AS requests, count AS timed_requests, 0 AS client_errors, 0 AS errors,
       0 AS cache_hits, 0 AS cache_answers, 0 AS total_ms, max_ms
FROM {table}, unnest(latency_values, latency_counts) AS latency (value, count)
WHERE grain = 'hour' AND {range}
UNION ALL
SELECT bucket{keys}, NULL, requests, 0, client_errors, errors, cache_hits, cache_answers, total_ms, max_ms
FROM {table}
WHERE grain = 'hour' AND {range}
