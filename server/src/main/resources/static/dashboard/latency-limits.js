/** From here on a latency stands out as slow. */
export const SLOW_P95_MILLIS = 500;

/** From here on an error rate stands out as failing. */
export const FAILING_ERROR_RATE = 0.02;

/** @param {{p95_ms: number|null}|undefined} measured */
export function isSlow(measured) {
  return (measured?.p95_ms ?? 0) >= SLOW_P95_MILLIS;
}

/** @param {{error_rate: number|null}|undefined} measured */
export function isFailing(measured) {
  return (measured?.error_rate ?? 0) >= FAILING_ERROR_RATE;
}
