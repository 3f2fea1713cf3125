import { css, html, nothing } from 'lit';

import { formatExactly, formatMeasure, formatShare } from '../dashboard/format.js';

/** Conversion by what a session met: a bar for each range, with its 95 % interval. An association, no cause. */
export function performancePicture({ curve }, name) {
  const all = curve.find((stratum) => stratum.is_all);
  const buckets = (all?.buckets ?? []).filter(({ conversion }) => conversion.sessions > 0);
  if (buckets.length === 0) return html`<p class="note">No sessions in this time.</p>`;
  const scale = Math.max(...buckets.map(({ conversion }) => conversion.high));
  return html`
    <ol class="curve" aria-label=${`${name}: conversion by what sessions met`} data-test="performance-curve">
      ${buckets.map((bucket) => bucketItem(bucket, scale))}
    </ol>
    <p class="hint">Share of sessions that converted, by the latency or metric they met before, with 95 % intervals. An association, not a cause.</p>
  `;
}

/** Widths are set as properties: the content security policy refuses style attributes. */
function bucketItem({ from, to, conversion }, scale) {
  const { sessions, rate, low, high } = conversion;
  const percent = (share) => `${(100 * share) / scale}%`;
  return html`<li>
    <span class="range">${rangeWords(from, to)}</span>
    <span class="track">
      <span class="bar" .style=${`width: ${percent(rate)}`}></span>
      ${low === null ? nothing : html`<span class="interval" .style=${`left: ${percent(low)}; width: ${percent(high - low)}`}></span>`}
    </span>
    <b>${formatShare(rate)}</b>
    <span class="sessions">${formatShare(low)} to ${formatShare(high)} of ${formatExactly(sessions)}</span>
  </li>`;
}

function rangeWords(from, to) {
  if (from === null) return `below ${formatMeasure(to)}`;
  return to === null ? `${formatMeasure(from)} or more` : `${formatMeasure(from)} – ${formatMeasure(to)}`;
}

export const performanceStyles = css`
  .curve {
    display: grid;
    grid-template-columns: max-content minmax(4rem, 1fr) max-content max-content;
    gap: 0.55rem 0.9rem;
    margin: 0 0 0.8rem;
    padding: 0;
    list-style: none;
    font-variant-numeric: tabular-nums;
  }
  .curve li {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: center;
  }
  .curve .range,
  .curve b {
    text-align: right;
  }
  .curve .track {
    position: relative;
    height: 14px;
    margin: 0;
  }
  .curve .bar,
  .curve .interval {
    position: absolute;
    top: 0;
    height: 100%;
  }
  .curve .interval {
    top: 4px;
    height: 6px;
    border: solid var(--ink);
    border-width: 0 1.5px;
    background: linear-gradient(var(--ink), var(--ink)) center / 100% 1.5px no-repeat;
    opacity: 0.65;
  }
  .curve .sessions {
    font-size: 0.82rem;
    color: var(--ink-muted);
  }
  @media (max-width: 560px) {
    .curve {
      grid-template-columns: max-content minmax(3rem, 1fr) max-content;
    }
    .curve .sessions {
      grid-column: 2 / -1;
    }
    .curve li {
      row-gap: 0;
    }
  }
`;
