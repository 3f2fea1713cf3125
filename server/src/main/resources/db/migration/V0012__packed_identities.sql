-- Identities of days that are over, packed: some 8.4 bytes a record instead of the 86 that a row of record_identity takes with its
-- index. The job identity.pack fills this table and empties the partition they come from, which is why record_identity gets
-- partitions by day from here on. 248 hashes are what fits a row of which four fit a page.

CREATE TABLE packed_identity (
  hour       timestamptz NOT NULL,
  first_hash bigint NOT NULL,
  hashes     bytea NOT NULL,
  PRIMARY KEY (hour, first_hash)
);
ALTER TABLE packed_identity ALTER COLUMN hashes SET STORAGE PLAIN;
COMMENT ON TABLE packed_identity IS 'Identities of records of days that are over: 64 bits for each, sorted, up to 248 in a row. The rows of an hour do not overlap.';
COMMENT ON COLUMN packed_identity.hour IS 'The hour (UTC) of the timestamps as they were sent';
COMMENT ON COLUMN packed_identity.first_hash IS 'The first of its hashes';
COMMENT ON COLUMN packed_identity.hashes IS 'Hashes of sent_at and id_hash, ascending, 8 bytes each, the highest first';

COMMENT ON TABLE record_identity IS 'Records stored that had an id and a timestamp, until they are packed: sent again they are recognised. Grows at its right edge, because its key begins with time.';
