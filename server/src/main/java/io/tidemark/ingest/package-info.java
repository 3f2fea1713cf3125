/// Group commit: what waits is written with COPY in one transaction and acknowledged after its
/// commit, duplicates recognised, people and kinds of facts given their numbers. Owns the tables
/// `batch`, `batch_part`, `record_identity`, `packed_identity`, `untimed_record`, `refusal`,
/// `fact_kind` and writes the tables of detail, `app_user` and `subscription`.
@NullMarked
package io.tidemark.ingest;

import org.jspecify.annotations.NullMarked;
