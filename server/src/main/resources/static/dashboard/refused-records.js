import { LitElement, css, html, nothing } from 'lit';

import { formatCount, formatExactly, formatMoment } from './format.js';
import { Polling } from './polling.js';
import { readJson } from './server-api.js';
import { foundation, panel } from './shared-styles.js';
import { tables } from './table-styles.js';
import { toParameters } from './time-range.js';

const REFRESH_MILLIS = 10_000;
const WHOLE_REQUEST = 'request';

/** The reject log: what was refused and why, by time of arrival. Takes no room while nothing was. */
export class RefusedRecords extends LitElement {
  static properties = { range: { attribute: false } };

  static styles = [
    foundation,
    panel,
    tables,
    css`
      .detail {
        white-space: normal;
        min-width: 16rem;
        color: var(--ink-muted);
      }
    `,
  ];

  polling = new Polling(
    this,
    REFRESH_MILLIS,
    () => [this.range.key],
    (signal) => readJson('insights/refusals', toParameters(this.range), signal),
  );

  render() {
    const refusals = this.polling.data?.refusals ?? [];
    return refusals.length === 0 ? nothing : this.#panel(refusals);
  }

  #panel(refusals) {
    return html`<section aria-labelledby="heading">
      <header>
        <h2 id="heading">Refused records</h2>
        <p>By time of arrival</p>
      </header>
      <div class="table-frame" role="region" aria-labelledby="caption" tabindex="0">
        <table>
          <caption id="caption" class="visually-hidden">
            Records refused in ${this.range.words}, by reason, type and key
          </caption>
          <thead>
            <tr>
              <th scope="col">Reason</th>
              <th scope="col" class="text">Type</th>
              <th scope="col" class="text">Key</th>
              <th scope="col">Records</th>
              <th scope="col">Last</th>
              <th scope="col" class="text">What was expected of the last</th>
            </tr>
          </thead>
          <tbody>
            ${refusals.map(
              (refusal) => html`<tr data-test="refusal-row" data-code=${refusal.code}>
                <th scope="row">${refusal.code}</th>
                <td class="text">${refusal.record_type === WHOLE_REQUEST ? 'whole request' : refusal.record_type}</td>
                <td class="text">${refusal.key_name}</td>
                <td title=${formatExactly(refusal.records)}>${formatCount(refusal.records)}</td>
                <td>${formatMoment(refusal.last_at)}</td>
                <td class="text detail">${refusal.last_detail}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }
}

customElements.define('refused-records', RefusedRecords);
