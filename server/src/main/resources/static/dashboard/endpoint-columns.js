import { formatCount, formatExactly, formatMillis, formatShare } from './format.js';
import { isFailing, isSlow } from './latency-limits.js';

/** The columns of the endpoint table: the field they sort by and, but for the endpoint itself, what their cells show. */
export const columns = [
  { key: 'endpoint', label: 'Endpoint', isText: true },
  { key: 'method', label: 'Method', isText: true, format: (row) => row.method },
  {
    key: 'requests',
    label: 'Requests',
    format: (row) => formatCount(row.requests),
    title: (row) => formatExactly(row.requests),
  },
  {
    key: 'error_rate',
    label: 'Errors',
    format: (row) => formatShare(row.error_rate),
    title: (row) => `${formatExactly(row.errors)} errors`,
    alarm: (row) => (isFailing(row) ? 'alarm failing' : ''),
  },
  { key: 'p50_ms', label: 'p50', format: (row) => formatMillis(row.p50_ms) },
  {
    key: 'p95_ms',
    label: 'p95',
    format: (row) => formatMillis(row.p95_ms),
    alarm: (row) => (isSlow(row) ? 'alarm slow' : ''),
  },
  { key: 'p99_ms', label: 'p99', format: (row) => formatMillis(row.p99_ms) },
  { key: 'max_ms', label: 'Max', format: (row) => formatMillis(row.max_ms) },
];

/** The rows in order; what is absent comes last either way, equal ones by endpoint. */
export function sortRows(rows, { key, descending }) {
  const direction = descending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [left, right] = [one[key], other[key]];
    if (left !== right) {
      if (left === null) return 1;
      if (right === null) return -1;
      return (left < right ? -1 : 1) * direction;
    }
    return one.endpoint.localeCompare(other.endpoint);
  });
}
