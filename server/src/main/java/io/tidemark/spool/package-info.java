/// The durable spool: what the database cannot take is kept in files of the data directory and
/// stored when it is back. Off unless it is turned on. Uses `record`, `ingest` and `platform`; owns
/// no table.
@NullMarked
package io.tidemark.spool;

import org.jspecify.annotations.NullMarked;
