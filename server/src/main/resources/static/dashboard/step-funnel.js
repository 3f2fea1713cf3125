import { LitElement, html, nothing } from 'lit';

import { formatCount, formatDuration, formatExactly, formatName, formatQuantity, formatShare } from './format.js';
import { emptyRange, panelBody } from './panel-body.js';
import { Polling } from './polling.js';
import { readJson } from './server-api.js';
import { foundation, panel } from './shared-styles.js';
import { stepFunnelStyles } from './step-funnel-styles.js';
import { isDefaultRange, toParameters } from './time-range.js';

const REFRESH_MILLIS = 10_000;

/** How many people went from step to step, in order, and where most of them stopped. */
export class StepFunnel extends LitElement {
  static properties = {
    range: { attribute: false },
    endpoint: {},
    coverage: { attribute: false },
  };

  static styles = [foundation, panel, stepFunnelStyles];

  polling = new Polling(
    this,
    REFRESH_MILLIS,
    () => [this.range.key],
    (signal) => readJson('insights/funnel', toParameters(this.range), signal),
  );

  render() {
    return html`<section aria-labelledby="heading">
      <header>
        <h2 id="heading">${isDefaultRange(this.range) ? 'Funnel of the day' : 'Funnel'}</h2>
        <p class="hint">People who took the steps in order</p>
      </header>
      ${panelBody(this.polling, {
        isEmpty: (data) => !data.steps.some((step) => step.converted > 0),
        empty: () => emptyRange('Nobody entered the funnel in this range.', 'conversion_funnel', this),
        content: (data) => this.#steps(data.steps),
      })}
    </section>`;
  }

  #steps(steps) {
    const worst = findWorstDrop(steps);
    return html`<ol aria-label=${`Funnel in ${this.range.words}`}>
      ${steps.map((step, index) => stepItem(step, index, steps[index - 1], index === worst))}
    </ol>`;
  }
}

/** The index of the step before which most people were lost; undefined when nobody was. */
export function findWorstDrop(steps) {
  const lost = steps.map((step, index) => (index === 0 ? 0 : steps[index - 1].converted - step.converted));
  const most = Math.max(...lost);
  return most > 0 ? lost.indexOf(most) : undefined;
}

/** The width is set as a property: the content security policy refuses style attributes. */
function stepItem(step, index, previous, isWorst) {
  return html`<li data-test="funnel-step" data-step=${step.step} class=${isWorst ? 'worst' : ''}>
    <div class="line">
      <span class="name" title=${step.step}>${formatName(step.step)}</span>
      ${isWorst ? html`<span class="tag" data-test="worst-drop">biggest drop</span>` : nothing}
      <span class="people" title=${`${formatExactly(step.converted)} people`}>${formatCount(step.converted)}</span>
      <span class="share">${formatShare(step.conversion_from_first)}</span>
    </div>
    <div class="track"><div class="bar" .style=${`width: ${100 * (step.conversion_from_first ?? 0)}%`}></div></div>
    ${previous === undefined ? nothing : html`<p>${describe(step, previous)}</p>`}
  </li>`;
}

function describe(step, previous) {
  const lost = previous.converted - step.converted;
  const parts = [`${formatShare(step.conversion_from_previous)} of the step before`];
  if (lost > 0) parts.push(`${formatQuantity(lost, 'person', 'people')} lost`);
  if (step.converted > 0 && step.median_seconds_from_first !== null) {
    parts.push(`after ${formatDuration(step.median_seconds_from_first)} (median)`);
  }
  return parts.join(' · ');
}

customElements.define('step-funnel', StepFunnel);
