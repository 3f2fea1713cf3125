-- Percentiles of a sorted distribution in one pass: a row's own are sealed each time rows are merged into it.

CREATE FUNCTION histogram_percentiles(bucket_values real[], bucket_counts bigint[], fractions double precision[]) RETURNS real[]
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
  count       bigint;
  total       bigint := 0;
  reached     bigint := 0;
  bucket      integer := 0;
  rank        double precision;
  percentiles real[] := '{}';
BEGIN
  FOREACH count IN ARRAY bucket_counts LOOP
    total := total + count;
  END LOOP;
  FOR i IN 1 .. cardinality(fractions) LOOP
    rank := greatest(1, ceil(fractions[i] * total));
    WHILE reached < rank AND bucket < cardinality(bucket_counts) LOOP
      bucket := bucket + 1;
      reached := reached + bucket_counts[bucket];
    END LOOP;
    percentiles[i] := bucket_values[bucket];
  END LOOP;
  RETURN percentiles;
END
$$;
COMMENT ON FUNCTION histogram_percentiles IS 'Nearest-rank percentiles of one row''s distribution, within 1 %: bucket values ascending, as rows have them; fractions from 0 to 1, ascending';

CREATE OR REPLACE FUNCTION histogram_percentile(bucket_values real[], bucket_counts bigint[], fraction double precision) RETURNS real
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (
    SELECT (histogram_percentiles(array_agg(value ORDER BY value), array_agg(count ORDER BY value), ARRAY[fraction]))[1]
    FROM unnest(bucket_values, bucket_counts) AS bucket (value, count));
