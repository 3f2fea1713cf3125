/// What is walked row by row in Java: rows of detail, read in pieces of time as packed columns, put
/// in the order of people and time, and told apart where sessions end.
@NullMarked
package io.tidemark.insight.walk;

import org.jspecify.annotations.NullMarked;
