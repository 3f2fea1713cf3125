import { LitElement, html } from 'lit';

import { funnelSteps, funnelStyles } from './funnel-steps.js';
import { emptyRange, panelBody } from './panel-body.js';
import { Polling } from './polling.js';
import { readJson } from './server-api.js';
import { foundation, panel } from './shared-styles.js';
import { isDefaultRange, toParameters } from './time-range.js';

const REFRESH_MILLIS = 10_000;

/** How many people went from step to step, in order, and where most of them stopped. */
export class StepFunnel extends LitElement {
  static properties = {
    range: { attribute: false },
    endpoint: {},
    coverage: { attribute: false },
  };

  static styles = [foundation, panel, funnelStyles];

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
        content: (data) => funnelSteps(data.steps, `Funnel in ${this.range.words}`),
      })}
    </section>`;
  }
}

customElements.define('step-funnel', StepFunnel);
