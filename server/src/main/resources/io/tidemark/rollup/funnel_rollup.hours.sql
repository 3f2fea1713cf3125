-- Funnel steps by hour and step, as kept. {range}: which hours.
SELECT bucket AS at, step, completions FROM funnel_rollup WHERE grain = 'hour' AND {range}
