import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import './endpoint-trend.js';
import { columns, sortRows } from './endpoint-columns.js';
import { endpointLatencyStyles } from './endpoint-latency-styles.js';
import { FAILING_ERROR_RATE, SLOW_P95_MILLIS, isFailing, isSlow } from './latency-limits.js';
import { changeView } from './page-view.js';
import { emptyRange, panelBody } from './panel-body.js';
import { Polling } from './polling.js';
import { readJson } from './server-api.js';
import { controls, foundation, panel } from './shared-styles.js';
import { tables } from './table-styles.js';
import { toParameters } from './time-range.js';

const REFRESH_MILLIS = 10_000;
const ROWS_AT_FIRST = 10;

/** How fast each endpoint answers. A row chosen narrows the page to its endpoint and shows its trend. */
export class EndpointLatency extends LitElement {
  static properties = {
    range: { attribute: false },
    endpoint: {},
    coverage: { attribute: false },
    _sort: { state: true },
    _showsAll: { state: true },
  };

  static styles = [foundation, panel, controls, tables, endpointLatencyStyles];

  polling = new Polling(
    this,
    REFRESH_MILLIS,
    () => [this.range.key],
    (signal) => readJson('insights/endpoints', toParameters(this.range), signal),
  );

  constructor() {
    super();
    this._sort = { key: 'requests', descending: true };
    this._showsAll = false;
  }

  render() {
    return html`<section aria-labelledby="heading">
      <header>
        <h2 id="heading">API latency by endpoint</h2>
        <p class="hint">
          ${this.endpoint === undefined ? 'Choose a row for its trend.' : html`Only <code>${this.endpoint}</code>`}
        </p>
      </header>
      ${panelBody(this.polling, {
        isEmpty: (data) => data.endpoints.length === 0,
        empty: () => emptyRange('No API calls in this range.', 'api_response_time', this),
        content: (data) => this.#table(data.endpoints),
      })}
      ${this.endpoint === undefined
        ? nothing
        : html`<endpoint-trend .range=${this.range} endpoint=${this.endpoint}></endpoint-trend>`}
    </section>`;
  }

  #table(endpoints) {
    const chosen = endpoints.filter((row) => this.endpoint === undefined || row.endpoint === this.endpoint);
    const sorted = sortRows(chosen, this._sort);
    const shown = this._showsAll ? sorted : sorted.slice(0, ROWS_AT_FIRST);
    return html`
      <div class="table-frame" role="region" aria-labelledby="caption" tabindex="0">
        <table>
          <caption id="caption" class="visually-hidden">
            Requests, error rate and response times of each endpoint in ${this.range.words}
          </caption>
          <thead>
            <tr>${columns.map((column) => this.#heading(column))}</tr>
          </thead>
          <tbody>${repeat(shown, ({ method, endpoint }) => `${method} ${endpoint}`, (row) => this.#row(row))}</tbody>
        </table>
      </div>
      <footer>
        ${chosen.length === 0 ? html`<p class="note">No calls of this endpoint in this range.</p>` : nothing}
        ${sorted.length > ROWS_AT_FIRST
          ? html`<button class="quiet" @click=${() => (this._showsAll = !this._showsAll)}>
              ${this._showsAll ? 'Show fewer' : `Show all ${sorted.length} endpoints`}
            </button>`
          : nothing}
        <p class="hint">
          <span class="tag slow">slow</span> p95 of ${SLOW_P95_MILLIS} ms or more
          <span class="tag failing">failing</span> ${FAILING_ERROR_RATE * 100} % errors or more
        </p>
      </footer>
    `;
  }

  #heading({ key, label, isText }) {
    const isSorted = this._sort.key === key;
    const direction = this._sort.descending ? 'descending' : 'ascending';
    return html`<th
      scope="col"
      class=${key === 'method' ? 'text method' : isText ? 'text' : ''}
      aria-sort=${isSorted ? direction : 'none'}
    >
      <button data-test="sort" data-column=${key} @click=${() => this.#sortBy(key, isText)}>${label}</button>
    </th>`;
  }

  #row(row) {
    const isChosen = row.endpoint === this.endpoint;
    return html`<tr
      tabindex="-1"
      data-test="endpoint-row"
      data-endpoint=${row.endpoint}
      data-method=${row.method}
      class=${isChosen ? 'chosen' : ''}
      @click=${() => this.#choose(row.endpoint)}
      @keydown=${(event) => this.#onKey(event, row.endpoint)}
    >
      <th scope="row" data-method=${row.method}>
        <button aria-pressed=${isChosen}>${row.endpoint}</button>
        ${isFailing(row) ? html`<span class="tag failing">failing</span>` : nothing}
        ${isSlow(row) ? html`<span class="tag slow">slow</span>` : nothing}
      </th>
      ${columns.slice(1).map((column) => cell(column, row))}
    </tr>`;
  }

  #sortBy(key, isText) {
    const isSame = this._sort.key === key;
    this._sort = { key, descending: isSame ? !this._sort.descending : !isText };
  }

  /** The button in the row brings its own key presses; the row itself takes them when it has the focus. */
  #onKey(event, endpoint) {
    if (event.target === event.currentTarget && event.key === 'Enter') this.#choose(endpoint);
  }

  #choose(endpoint) {
    changeView({ endpoint: endpoint === this.endpoint ? undefined : endpoint });
  }
}

function cell({ format, title, isText, alarm }, row) {
  return html`<td class=${isText ? 'text method' : alarm?.(row) ?? ''} title=${title?.(row) ?? nothing}>${format(row)}</td>`;
}

customElements.define('endpoint-latency', EndpointLatency);
