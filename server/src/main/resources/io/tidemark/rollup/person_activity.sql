-- Each person's events, added to {target}. {source}: rows of user_event.
INSERT INTO /* rollup.{purpose} activity */ {target} AS known (user_key, event_type, events, last_at)
SELECT user_key, event_type, count(*), max(ts) FROM ({source}) AS source WHERE user_key IS NOT NULL GROUP BY 1, 2
ON CONFLICT (user_key, event_type) DO UPDATE
   SET events = known.events + excluded.events, last_at = greatest(known.last_at, excluded.last_at)
