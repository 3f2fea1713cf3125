import { LitElement, css, html } from 'lit';

import { formatCount, formatExactly, formatName } from './format.js';
import { emptyRange, panelBody } from './panel-body.js';
import { Polling } from './polling.js';
import { readJson } from './server-api.js';
import { foundation, panel } from './shared-styles.js';
import { tables } from './table-styles.js';
import { toParameters } from './time-range.js';

const REFRESH_MILLIS = 10_000;

/** How often each step was completed and by how many people, in whatever order they came. */
export class StepCompletions extends LitElement {
  static properties = {
    range: { attribute: false },
    endpoint: {},
    coverage: { attribute: false },
  };

  static styles = [
    foundation,
    panel,
    tables,
    css`
      section {
        display: flex;
        flex-direction: column;
      }
      header + div {
        flex: 1;
      }
      header + div > .table-frame,
      table {
        height: 100%;
      }
      thead tr {
        height: 1px;
      }
    `,
  ];

  polling = new Polling(
    this,
    REFRESH_MILLIS,
    () => [this.range.key],
    (signal) => readJson('insights/funnel-steps', toParameters(this.range), signal),
  );

  render() {
    return html`<section aria-labelledby="heading">
      <header>
        <h2 id="heading">Steps completed</h2>
        <p class="hint">In any order</p>
      </header>
      ${panelBody(this.polling, {
        isEmpty: (data) => !data.steps.some((step) => step.completions > 0),
        empty: () => emptyRange('No steps in this range.', 'conversion_funnel', this),
        content: (data) => this.#table(data.steps),
      })}
    </section>`;
  }

  #table(steps) {
    return html`<div class="table-frame" role="region" aria-labelledby="caption" tabindex="0">
      <table>
        <caption id="caption" class="visually-hidden">
          Completions and different people of each step in ${this.range.words}
        </caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Completions</th>
            <th scope="col">People</th>
          </tr>
        </thead>
        <tbody>
          ${steps.map(
            (step) => html`<tr data-test="step-row" data-step=${step.step}>
              <th scope="row" title=${step.step}>${formatName(step.step)}</th>
              <td title=${formatExactly(step.completions)}>${formatCount(step.completions)}</td>
              <td title=${formatExactly(step.people)}>${formatCount(step.people)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

customElements.define('step-completions', StepCompletions);
