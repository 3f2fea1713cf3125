/// What the Linux kernel tells of this machine and its processes: CPU time, memory, connections,
/// limits. Each file format has a parser that takes text, so that it is tested without the files.
@NullMarked
package io.tidemark.bench.machine;

import org.jspecify.annotations.NullMarked;
