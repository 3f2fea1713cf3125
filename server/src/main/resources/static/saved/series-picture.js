import { css, html } from 'lit';

import '../dashboard/time-chart.js';
import { formatExactly, formatMillis } from '../dashboard/format.js';
import { INTERVAL_MILLIS } from '../dashboard/time-range.js';
import { arePartial, wallClock } from './zoned-time.js';

/** New, returning and resurrecting people as stacked bars, and those who went dormant as a line. */
export function lifecyclePicture({ stages, interval, zone, partial_intervals: partial = [] }, name) {
  return chart({ label: name, ...timeOf(stages, interval, zone, partial), format: formatExactly }, [
    bar('New', 'line-1', stages.map((stage) => stage.new_people)),
    bar('Returning', 'line-4', stages.map(({ returning }) => returning)),
    bar('Resurrecting', 'line-6', stages.map(({ resurrecting }) => resurrecting)),
    line('Dormant', 'line-7', stages.map(({ dormant }) => dormant)),
  ]);
}

/** Calls as bars, and below how long they took; intervals without calls are gaps. */
export function apiTotalsPicture({ points, interval, range, zone, partial_intervals: partial = [] }, name) {
  const { starts, filled, areNotWhole } = fillGaps(points, interval, range, zone, partial);
  const time = { interval, starts, areNotWhole };
  return html`
    ${chart({ ...time, label: `${name}: requests`, format: formatExactly }, [
      bar('Requests', 'accent', filled.map((point) => point?.requests ?? 0)),
    ])}
    ${chart({ ...time, label: `${name}: response time`, format: formatMillis }, [
      line('p50', 'line-1', filled.map((point) => point?.p50_ms ?? null)),
      line('p95', 'line-2', filled.map((point) => point?.p95_ms ?? null)),
      line('p99', 'line-5', filled.map((point) => point?.p99_ms ?? null)),
    ])}
  `;
}

/** Sessions by the interval in which they began. */
export function sessionsPicture({ series, interval, zone, partial_intervals: partial = [] }, name) {
  return chart({ label: name, ...timeOf(series, interval, zone, partial), format: formatExactly }, [
    bar('Sessions', 'accent', series.map(({ sessions }) => sessions)),
  ]);
}

function timeOf(rows, interval, zone, partial) {
  const starts = rows.map(({ start }) => start);
  return { interval, starts: starts.map((start) => wallClock(start, zone)), areNotWhole: arePartial(starts, partial) };
}

/** Hours are as long as each other; days are by the calendar of the zone, however late the first hour of one begins. */
function fillGaps(points, interval, range, zone, partial) {
  const keyOf = interval === 'day' ? (timestamp) => startOfDay(wallClock(timestamp, zone)) : (timestamp) => new Date(timestamp).getTime();
  const known = new Map(points.map((point) => [keyOf(point.at), point]));
  const notWhole = new Set(partial.map((start) => keyOf(start)));
  const starts = [];
  const filled = [];
  const areNotWhole = [];
  const step = INTERVAL_MILLIS[interval];
  const first = interval === 'day' ? keyOf(range.from) : Math.floor(Date.parse(range.from) / step) * step;
  const last = keyOf(Date.parse(range.to) - 1);
  for (let key = first; key <= last; key += step) {
    starts.push(interval === 'day' ? key : wallClock(key, zone));
    filled.push(known.get(key));
    areNotWhole.push(notWhole.has(key));
  }
  return { starts, filled, areNotWhole };
}

const startOfDay = (instant) => Math.floor(instant / INTERVAL_MILLIS.day) * INTERVAL_MILLIS.day;
const bar = (name, tone, values) => ({ name, kind: 'bar', tone, values });
const line = (name, tone, values) => ({ name, kind: 'line', tone, values });

function chart({ label, interval, starts, areNotWhole, format }, series) {
  return html`<time-chart
      label=${label}
      interval=${interval}
      .instants=${starts}
      .isWallClock=${true}
      .partial=${areNotWhole}
      .series=${series}
      .format=${format}
    ></time-chart>
    <ul class="legend" aria-hidden="true">
      ${series.map(({ name, tone }) => html`<li><span class="swatch" .style=${`background: var(--${tone})`}></span>${name}</li>`)}
    </ul>`;
}

export const seriesStyles = css`
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1rem;
    margin: 0.4rem 0 0.9rem;
    padding: 0;
    list-style: none;
    font-size: 0.82rem;
    color: var(--ink-muted);
  }
`;
