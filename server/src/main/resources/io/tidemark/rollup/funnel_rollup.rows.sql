-- Funnel steps by minute and step. {source}: rows of conversion_funnel.
SELECT date_bin('1 minute', ts, 'epoch') AS at, step, count(*) AS completions
FROM ({source}) AS source
GROUP BY 1, 2
