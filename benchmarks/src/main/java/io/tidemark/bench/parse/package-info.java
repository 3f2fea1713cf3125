/// `bench parse`: the micro-benchmark of the access log's parser, with JMH.
@NullMarked
package io.tidemark.bench.parse;

import org.jspecify.annotations.NullMarked;
