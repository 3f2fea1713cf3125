-- How records come in: batches, what makes a record the same record, what was refused.

CREATE TABLE installation (
  only_one       boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  pseudonym_salt uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO installation DEFAULT VALUES;
COMMENT ON TABLE installation IS 'One row of facts about this installation.';
COMMENT ON COLUMN installation.only_one IS 'Keeps it at one row';
COMMENT ON COLUMN installation.pseudonym_salt IS 'Secret that pseudonyms made from addresses are keyed with, so that nobody can try all addresses';

CREATE SEQUENCE batch_number;
COMMENT ON SEQUENCE batch_number IS 'Numbers the batches';

CREATE TABLE batch (
  batch_id     bigint PRIMARY KEY,
  committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  records      integer NOT NULL,
  duplicates   integer NOT NULL
);
CREATE INDEX batch_committed_at ON batch (committed_at);
COMMENT ON TABLE batch IS 'One row for each group of records that was committed together; kept for some days.';
COMMENT ON COLUMN batch.batch_id IS 'Names the batch; rows of detail carry it';
COMMENT ON COLUMN batch.committed_at IS 'Just before the commit that made it durable';
COMMENT ON COLUMN batch.records IS 'Records stored';
COMMENT ON COLUMN batch.duplicates IS 'Records recognised as already stored';

CREATE TABLE batch_part (
  batch_id bigint NOT NULL,
  fact     text NOT NULL,
  records  integer NOT NULL,
  ts_first timestamptz NOT NULL,
  ts_last  timestamptz NOT NULL,
  PRIMARY KEY (batch_id, fact)
);
COMMENT ON TABLE batch_part IS 'Work for the rollups: what a batch brought to one fact table. A row leaves in the transaction that has rolled its rows up.';
COMMENT ON COLUMN batch_part.batch_id IS 'The batch';
COMMENT ON COLUMN batch_part.fact IS 'Name of the fact table';
COMMENT ON COLUMN batch_part.records IS 'Rows the batch brought to it';
COMMENT ON COLUMN batch_part.ts_first IS 'Earliest event time among them';
COMMENT ON COLUMN batch_part.ts_last IS 'Latest event time among them';

CREATE TABLE record_identity (
  sent_at timestamptz NOT NULL,
  id_hash bigint NOT NULL,
  PRIMARY KEY (sent_at, id_hash)
) PARTITION BY RANGE (sent_at);
COMMENT ON TABLE record_identity IS 'Every record stored that had an id and a timestamp: sent again it is recognised. Grows at its right edge, because its key begins with time.';
COMMENT ON COLUMN record_identity.sent_at IS 'The record''s timestamp as it was sent, before any correction';
COMMENT ON COLUMN record_identity.id_hash IS 'First 64 bits of the SHA-256 of its id';

CREATE TABLE untimed_record (
  id_hash bigint PRIMARY KEY,
  seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX untimed_record_seen_at ON untimed_record USING brin (seen_at);
COMMENT ON TABLE untimed_record IS 'Records stored that had an id but no timestamp: recognised for 48 hours.';
COMMENT ON COLUMN untimed_record.id_hash IS 'First 64 bits of the SHA-256 of its id';
COMMENT ON COLUMN untimed_record.seen_at IS 'When it arrived';

CREATE TABLE refusal (
  hour        timestamptz NOT NULL,
  key_name    text NOT NULL,
  code        text NOT NULL,
  record_type text NOT NULL,
  records     bigint NOT NULL,
  last_at     timestamptz NOT NULL,
  last_detail text NOT NULL,
  PRIMARY KEY (hour, key_name, code, record_type)
);
COMMENT ON TABLE refusal IS 'The reject log: what was refused, why, by which key, how often. Holds no payload.';
COMMENT ON COLUMN refusal.hour IS 'Hour of arrival (UTC)';
COMMENT ON COLUMN refusal.key_name IS 'Name of the key it came with';
COMMENT ON COLUMN refusal.code IS 'Why, as a stable code';
COMMENT ON COLUMN refusal.record_type IS 'Type of the record, or unknown';
COMMENT ON COLUMN refusal.records IS 'How many';
COMMENT ON COLUMN refusal.last_at IS 'When it last happened';
COMMENT ON COLUMN refusal.last_detail IS 'What was said of the last one: the field and what was expected of it';
