import { css, html, nothing } from 'lit';

import { formatCount, formatExactly, formatName, formatShare } from '../dashboard/format.js';
import { arePartial, formatStart } from './zoned-time.js';

/** The strongest colour of a cell, in percent; more would make what stands in it hard to read. */
const STRONGEST = 45;

/** A row for each cohort: how many there were, and what share came back after how many intervals. */
export function retentionPicture({ interval, cohorts, overall, zone, partial_intervals: partial = [] }) {
  const unit = formatName(interval);
  const notWhole = arePartial(cohorts.map(({ start }) => start), partial);
  return html`<div class="table-frame" role="region" aria-label="Retention by cohort" tabindex="0">
    <table class="grid" data-test="retention-grid">
      <caption class="visually-hidden">Share of each cohort that came back</caption>
      <thead>
        <tr>
          <th scope="col">Began</th>
          <th scope="col">People</th>
          ${overall.map(({ after }) => html`<th scope="col">${unit} ${after}</th>`)}
        </tr>
      </thead>
      <tbody>
        <tr class="overall">
          <th scope="row">All</th>
          <td>${formatCount(cohorts.reduce((sum, { people }) => sum + people, 0))}</td>
          ${overall.map(({ people, returned }) => cell(returned, people))}
        </tr>
        ${cohorts.map((cohort, place) => html`<tr data-test="cohort">
          <th scope="row">${formatStart(cohort.start, zone, interval)}${notWhole[place] ? html` <span class="hint">not whole</span>` : nothing}</th>
          <td title=${formatExactly(cohort.people)}>${formatCount(cohort.people)}</td>
          ${overall.map(({ after }) => (after < cohort.returned.length ? cell(cohort.returned[after], cohort.people, notWhole[place] || notWhole[place + after]) : html`<td></td>`))}
        </tr>`)}
      </tbody>
    </table>
  </div>
  ${partial.length === 0
    ? nothing
    : html`<p class="hint">Framed: not all of the ${interval} is counted, as the range cuts it or it is not over.</p>`}`;
}

/** The colour is set as a property: the content security policy refuses style attributes. */
function cell(returned, people, isPartial = false) {
  if (people === 0) return html`<td>–</td>`;
  const share = returned / people;
  return html`<td
    class=${isPartial ? 'partial' : ''}
    title=${`${formatExactly(returned)} of ${formatExactly(people)}${isPartial ? ', not whole' : ''}`}
    .style=${`background: color-mix(in srgb, var(--accent) ${Math.round(share * STRONGEST)}%, transparent)`}
  >${formatShare(share)}</td>`;
}

export const retentionStyles = css`
  .grid th,
  .grid td {
    padding: 0.4rem 0.55rem;
  }
  .grid td {
    border: 1px solid var(--surface);
  }
  .grid .partial {
    border: 1px dashed var(--line-strong);
  }
  .grid .overall > * {
    font-weight: 650;
  }
`;
