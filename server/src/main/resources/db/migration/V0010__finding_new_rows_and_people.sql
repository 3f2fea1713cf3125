-- Two BRIN indexes instead of three for each fact table. The Bloom filter has room for 2,000 people in a range of 32 pages: with
-- the room it takes by itself, busy times fill it until it says "perhaps" of everyone. Tidemark has full ranges
-- summarized before it looks for new rows; autosummarize falls behind when much is written, and logs each range it refuses.

DO $$
DECLARE
  fact text;
BEGIN
  FOREACH fact IN ARRAY ARRAY['user_event', 'conversion_funnel', 'performance_metric', 'api_response_time'] LOOP
    EXECUTE format('DROP INDEX %I, %I, %I', fact || '_ts', fact || '_batch_id', fact || '_user_key');
    EXECUTE format('CREATE INDEX %I ON %I USING brin (ts, batch_id) WITH (pages_per_range = 32)', fact || '_arrival', fact);
    EXECUTE format('CREATE INDEX %I ON %I USING brin (user_key int8_bloom_ops (n_distinct_per_range = 2000, false_positive_rate = 0.01))'
      ' WITH (pages_per_range = 32)', fact || '_user_key', fact);
  END LOOP;
END
$$;
