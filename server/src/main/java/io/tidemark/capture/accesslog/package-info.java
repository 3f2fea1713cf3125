/// A web server's access log becomes records: requests as API calls, page views of people as
/// events. Addresses, user agents and referrers are read and never stored. Uses `record` and
/// `ingest`; owns no table.
@NullMarked
package io.tidemark.capture.accesslog;

import org.jspecify.annotations.NullMarked;
