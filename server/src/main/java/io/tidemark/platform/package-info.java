/// What knows nothing of the product: database access and migration, the embedded PostgreSQL,
/// settings, jobs and problem answers. Uses no other package; owns no table but the schema history
/// and the job table.
@NullMarked
package io.tidemark.platform;

import org.jspecify.annotations.NullMarked;
