import { css, html, nothing } from 'lit';

import { formatCount, formatDuration, formatExactly, formatName, formatQuantity, formatShare } from './format.js';

const PEOPLE = { one: 'person', many: 'people' };

/**
 * A funnel: how many took each step, and before which one most were lost.
 *
 * @param {object[]} steps of the answer
 * @param {string} label for those who do not see it
 * @param {{one: string, many: string}} [unit] what is counted
 */
export function funnelSteps(steps, label, unit = PEOPLE) {
  const worst = findWorstDrop(steps);
  return html`<ol class="funnel" aria-label=${label}>
    ${steps.map((step, index) => stepItem(step, steps[index - 1], index === worst, unit))}
  </ol>`;
}

/** The index of the step before which most people were lost; undefined when nobody was. */
function findWorstDrop(steps) {
  const lost = steps.map((step, index) => (index === 0 ? 0 : steps[index - 1].converted - step.converted));
  const most = Math.max(...lost);
  return most > 0 ? lost.indexOf(most) : undefined;
}

/** The width is set as a property: the content security policy refuses style attributes. */
function stepItem(step, previous, isWorst, unit) {
  return html`<li data-test="funnel-step" data-step=${step.step} class=${isWorst ? 'worst' : ''}>
    <div class="line">
      <span class="name" title=${step.step}>${formatName(step.step)}</span>
      ${isWorst ? html`<span class="tag" data-test="worst-drop">biggest drop</span>` : nothing}
      <span class="people" title=${`${formatExactly(step.converted)} ${unit.many}`}>${formatCount(step.converted)}</span>
      <span class="share">${formatShare(step.conversion_from_first)}</span>
    </div>
    <div class="track"><div class="bar" .style=${`width: ${100 * (step.conversion_from_first ?? 0)}%`}></div></div>
    ${previous === undefined ? nothing : html`<p>${describe(step, previous, unit)}</p>`}
  </li>`;
}

function describe(step, previous, unit) {
  const lost = previous.converted - step.converted;
  const parts = [`${formatShare(step.conversion_from_previous)} of the step before`];
  if (lost > 0) parts.push(`${formatQuantity(lost, unit.one, unit.many)} lost`);
  if (step.converted > 0 && step.median_seconds_from_first !== null) {
    parts.push(`after ${formatDuration(step.median_seconds_from_first)} (median)`);
  }
  return parts.join(' · ');
}

export const funnelStyles = css`
  .funnel {
    display: grid;
    gap: 0.85rem;
    margin: 0;
    padding: 0;
    list-style: none;
    font-variant-numeric: tabular-nums;
  }
  .line {
    display: flex;
    align-items: baseline;
    gap: 0.5rem;
  }
  .name {
    min-width: 0;
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .people {
    margin-left: auto;
    font-weight: 620;
  }
  .share {
    min-width: 3.4rem;
    text-align: right;
    color: var(--ink-muted);
    white-space: nowrap;
  }
  .track {
    height: 8px;
    margin-top: 0.25rem;
    border-radius: 4px;
    background: var(--surface-quiet);
    overflow: hidden;
  }
  .bar {
    height: 100%;
    min-width: 2px;
    border-radius: 4px;
    background: var(--accent);
  }
  .funnel li p {
    margin: 0.2rem 0 0;
    font-size: 0.82rem;
    color: var(--ink-muted);
  }
  .worst .bar {
    background: var(--bad-fill);
  }
  .funnel .worst p {
    color: var(--bad);
  }
  .tag {
    padding: 0.05rem 0.45rem;
    border-radius: 99px;
    background: var(--bad-quiet);
    color: var(--bad);
    font-size: 0.75rem;
    font-weight: 600;
    white-space: nowrap;
  }
`;
