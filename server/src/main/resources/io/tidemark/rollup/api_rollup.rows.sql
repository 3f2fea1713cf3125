-- API calls by minute, {keys} and bucket of the distribution. {source}: rows of api_response_time.
-- Sums take sizes above 1e30 as 1e30, as distributions do: a sum beyond double precision is an error and would stop all rollups.
SELECT date_bin('1 minute', ts, 'epoch') AS at{keys}, histogram_bucket(response_time_ms) AS value,
       count(*) AS requests,
       count(response_time_ms) AS timed_requests,
       count(*) FILTER (WHERE status_code BETWEEN 400 AND 499) AS client_errors,
       count(*) FILTER (WHERE status_code >= 500) AS errors,
       count(*) FILTER (WHERE cache_hit) AS cache_hits,
       count(cache_hit) AS cache_answers,
       coalesce(sum(least(response_time_ms, 1e30)) FILTER (WHERE response_time_ms IS NOT NULL), 0) AS total_ms,
       max(response_time_ms) AS max_ms
FROM ({source}) AS source
GROUP BY at{keys}, histogram_bucket(response_time_ms)
