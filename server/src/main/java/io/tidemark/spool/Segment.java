package io.tidemark.spool;

import java.nio.file.Path;

/// A file of the spool that nothing is written to any more.
///
/// @param bytes what it takes on disk
/// @param records how many it holds that can be read
record Segment(Path file, long bytes, long records) {}
