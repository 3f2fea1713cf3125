package io.tidemark.bench.ingest;

/// Bytes of tables with their indexes, by what they are for.
///
/// @param rows the rows that were stored
/// @param identities what recognises a record that is sent again
/// @param others what is made from the rows: rollups, ledger, people
record Disk(long rows, long identities, long others) {

  Disk minus(Disk before) {
    return new Disk(rows - before.rows, identities - before.identities, others - before.others);
  }
}
