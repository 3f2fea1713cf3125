-- Each person's events in the source rows, added to person_activity. {source}: rows of user_event.
WITH source AS (
  {source}
)
INSERT INTO /* rollup.refresh activity */ person_activity AS known (user_key, event_type, events, last_at)
SELECT user_key, event_type, count(*), max(ts) FROM source WHERE user_key IS NOT NULL GROUP BY 1, 2
ON CONFLICT (user_key, event_type) DO UPDATE
   SET events = known.events + excluded.events, last_at = greatest(known.last_at, excluded.last_at)
