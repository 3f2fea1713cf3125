/// The sample traffic of the demo: an app that puts effects on pictures, and the people who use it.
///
/// It stands outside the server: it knows the public intake (`POST /api/v1/batch`) and nothing else
/// of the product, owns no tables, and sends what any app could send. [SampleHistory] sends the
/// past, [SampleVisitors] keeps the present going. What they send is decided by pure classes
/// ([SessionScript], [SampleTimeline]): the same seed and the same instants give the same records
/// with the same ids, so that a history sent twice is stored once.
///
/// The records tell one story on purpose: waiting costs. Whoever waited long for a picture
/// downloads, shares and subscribes less, and cancels more; evenings are busier and therefore
/// slower.
@NullMarked
package io.tidemark.demo;

import org.jspecify.annotations.NullMarked;
