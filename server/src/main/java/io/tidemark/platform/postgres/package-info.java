/// The embedded PostgreSQL: the real server, unpacked from the jar into a data directory that
/// survives restarts, shared by every process that opens that directory. Uses no other package;
/// owns no table.
@NullMarked
package io.tidemark.platform.postgres;

import org.jspecify.annotations.NullMarked;
