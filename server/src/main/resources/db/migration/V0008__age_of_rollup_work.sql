-- How old the oldest work is, is asked with every question: it stands with the work.

ALTER TABLE batch_part ADD COLUMN committed_at timestamptz NOT NULL DEFAULT clock_timestamp();
COMMENT ON COLUMN batch_part.committed_at IS 'Just before the commit that made it durable';
