import { css, html, nothing } from 'lit';

import '../dashboard/time-chart.js';
import { formatExactly, formatMeasure, formatShare } from '../dashboard/format.js';
import { shortened, valueName } from './value-name.js';
import { arePartial, formatRange, wallClock } from './zoned-time.js';

const MOST_LINES = 8;
const MOST_WITH_EARLIER = 3;

const isWhole = (value) => value === null || Number.isInteger(value);

/** Counts and what formulas make of them. */
export const formatCount = (value) => (isWhole(value) ? formatExactly(value) : formatMeasure(value));

/** The lines of a trend, and what each comes to. */
export function trendPicture({ intervals, interval, lines, zone, partial_intervals: partial = [], previous_range: before = null }, name) {
  const names = lineNames(lines);
  const drawn = lines.slice(0, MOST_LINES);
  const isCompared = lines.some(({ previous }) => previous !== null);
  return html`
    <time-chart
      label=${name}
      interval=${interval}
      .instants=${intervals.map((start) => wallClock(start, zone))}
      .isWallClock=${true}
      .partial=${arePartial(intervals, partial)}
      .series=${toSeries(drawn, names)}
      .format=${formatCount}
    ></time-chart>
    <div class="table-frame" role="region" aria-label="What each line comes to" tabindex="0">
      <table data-test="trend-lines">
        <caption class="visually-hidden">What each line comes to</caption>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">In all</th>
            ${isCompared ? html`<th scope="col">Before</th><th scope="col">Change</th>` : nothing}
          </tr>
        </thead>
        <tbody>${lines.map((line, index) => lineRow(line, names[index], index, isCompared))}</tbody>
      </table>
    </div>
    ${before === null ? nothing : html`<p class="hint" data-test="previous-range">Before: ${formatRange(before, zone)}</p>`}
    ${lines.length > MOST_LINES ? html`<p class="hint">The chart has the first ${MOST_LINES} lines.</p>` : nothing}
  `;
}

function toSeries(lines, names) {
  const now = lines.map((line, index) => ({
    name: shortened(names[index]), kind: 'line', tone: `line-${index + 1}`, values: line.asked.values,
  }));
  if (lines.length > MOST_WITH_EARLIER) return now;
  const before = lines.flatMap((line, index) => (line.previous === null ? [] : [{
    name: `${shortened(names[index])} before`, kind: 'line', tone: `line-${index + 1}`, values: line.previous.values, isEarlier: true,
  }]));
  return [...now, ...before];
}

function lineRow(line, name, index, isCompared) {
  return html`<tr data-test="trend-line">
    <th scope="row" title=${name}><span class="swatch" .style=${index < MOST_LINES ? `background: var(--line-${index + 1})` : ''}></span>${shortened(name)}</th>
    <td>${formatCount(line.asked.total)}</td>
    ${isCompared ? html`<td>${formatCount(line.previous?.total)}</td><td>${change(line)}</td>` : nothing}
  </tr>`;
}

function change({ asked, previous }) {
  if (!previous?.total || asked.total === null) return '–';
  const share = asked.total / previous.total - 1;
  return `${share < 0 ? '−' : '+'}${formatShare(Math.abs(share))}`;
}

/** What the lines are called, each otherwise; what a breakdown does not know has a name too. */
export function lineNames(lines) {
  const isBrokenDown = lines.some(({ is_other: isOther }) => isOther);
  const taken = new Set();
  return lines.map((line) => {
    let name = isBrokenDown ? `${line.name} · ${valueName(line)}` : line.name;
    while (taken.has(name)) name += ' (another)';
    taken.add(name);
    return name;
  });
}

export const trendStyles = css`
  time-chart {
    --chart-height: 220px;
    margin-bottom: 0.8rem;
  }
  .swatch {
    display: inline-block;
    width: 0.7rem;
    height: 0.7rem;
    margin-right: 0.5rem;
    border-radius: 3px;
  }
`;
