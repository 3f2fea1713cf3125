import { INTERVAL_MILLIS } from './time-range.js';

/**
 * A trend with its gaps filled: one entry for each interval of the range, oldest first, with `instant` in epoch
 * milliseconds. An interval without requests has zeros and no latency.
 *
 * @param {{at: string, requests: number, errors: number, p95_ms: number|null}[]} points of one endpoint
 * @param {{from: string, to: string}} range
 * @param {'minute'|'hour'|'day'} interval
 * @param {boolean} isOfReader whether days are those of the reader, not of UTC
 * @param {string[]} partial the starts of those that are not whole
 */
export function fillTrend(points, range, interval, isOfReader, partial) {
  const step = INTERVAL_MILLIS[interval];
  const isOfDays = interval === 'day' && isOfReader;
  const next = isOfDays ? nextDay : (instant) => instant + step;
  const known = new Map(points.map((point) => [Date.parse(point.at), point]));
  const notWhole = new Set(partial.map((start) => Date.parse(start)));
  const filled = [];
  let instant = isOfDays ? new Date(range.from).setHours(0, 0, 0, 0) : Math.floor(Date.parse(range.from) / step) * step;
  for (const end = Date.parse(range.to); instant < end; instant = next(instant)) {
    const point = known.get(instant);
    filled.push({
      instant,
      isPartial: notWhole.has(instant),
      requests: point?.requests ?? 0,
      errors: point?.errors ?? 0,
      p95_ms: point?.p95_ms ?? null,
    });
  }
  return filled;
}

function nextDay(instant) {
  const day = new Date(instant);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}
