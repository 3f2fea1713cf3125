/// Group commit: what waits is written with COPY in one transaction and acknowledged after its
/// commit, duplicates recognised, people given their keys. Owns the tables `batch`, `batch_part`,
/// `record_identity`, `packed_identity`, `untimed_record`, `refusal` and writes the fact tables,
/// `app_user` and `subscription`.
@NullMarked
package io.tidemark.ingest;

import org.jspecify.annotations.NullMarked;
