-- User events by hour and event_type, as kept. {range}: which hours.
SELECT bucket AS at, event_type, events FROM event_rollup WHERE grain = 'hour' AND {range}
