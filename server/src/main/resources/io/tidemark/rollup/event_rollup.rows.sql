-- User events by minute and event_type. {source}: rows of user_event.
SELECT date_bin('1 minute', ts, 'epoch') AS at, event_type, count(*) AS events
FROM ({source}) AS source
GROUP BY 1, 2
