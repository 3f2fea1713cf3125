/**
 * What time it is by the server's clock: the reader's own may be wrong by days. Every answer says it, and between answers
 * it is counted on. Nothing that is asked or told by the page goes by another clock.
 */
let known;

/** Takes the time from an answer. */
export function noteTimeOf(response) {
  const sent = Date.parse(response.headers.get('Date') ?? '');
  if (!Number.isNaN(sent)) known = { millis: sent, at: performance.now() };
}

/** The time now; by the reader's clock until the server has said anything. */
export function serverNow() {
  return known === undefined ? new Date() : new Date(known.millis + performance.now() - known.at);
}

/** The time zone of the reader: of days and hours on the page. */
export function readerZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
}
