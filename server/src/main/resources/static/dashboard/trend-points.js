import { INTERVAL_MILLIS } from './time-range.js';

/**
 * A trend with its gaps filled: one entry for each interval of the range, oldest first, with `instant` in epoch
 * milliseconds. An interval without requests has zeros and no latency.
 *
 * @param {{at: string, requests: number, errors: number, p95_ms: number|null}[]} points of one endpoint
 * @param {{from: string, to: string}} range
 * @param {'minute'|'hour'|'day'} interval
 */
export function fillTrend(points, range, interval) {
  const step = INTERVAL_MILLIS[interval];
  const known = new Map(points.map((point) => [Date.parse(point.at), point]));
  const phase = points.length === 0 ? 0 : Date.parse(points[0].at) % step;
  const filled = [];
  let instant = Math.floor((Date.parse(range.from) - phase) / step) * step + phase;
  for (const end = Date.parse(range.to); instant < end; instant += step) {
    const point = known.get(instant);
    filled.push({
      instant,
      requests: point?.requests ?? 0,
      errors: point?.errors ?? 0,
      p95_ms: point?.p95_ms ?? null,
    });
  }
  return filled;
}
