/// HTTP in: a request in one of the known dialects becomes records or reasons for refusal. One
/// parser per dialect. Uses `record`, `ingest`, `partition` and `access`; owns no table.
@NullMarked
package io.tidemark.capture;

import org.jspecify.annotations.NullMarked;
