package io.tidemark.spool;

import io.tidemark.record.CapturedRecord;

/// One record of the spool, read.
///
/// @param bytes size of its payload
record SpooledEntry(CapturedRecord captured, int bytes) {}
