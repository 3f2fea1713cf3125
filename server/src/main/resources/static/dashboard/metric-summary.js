import { LitElement, css, html } from 'lit';

import { formatCount, formatExactly, formatMeasure, formatName } from './format.js';
import { emptyRange, panelBody } from './panel-body.js';
import { Polling } from './polling.js';
import { readJson } from './server-api.js';
import { foundation, panel } from './shared-styles.js';
import { tables } from './table-styles.js';
import { toParameters } from './time-range.js';

const REFRESH_MILLIS = 10_000;

/** What was measured, by type: how often, and how the values are spread. */
export class MetricSummary extends LitElement {
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
      .unit {
        color: var(--ink-muted);
      }
    `,
  ];

  polling = new Polling(
    this,
    REFRESH_MILLIS,
    () => [this.range.key],
    (signal) => readJson('insights/metrics', toParameters(this.range), signal),
  );

  render() {
    return html`<section aria-labelledby="heading">
      <header><h2 id="heading">Metrics by type</h2></header>
      ${panelBody(this.polling, {
        isEmpty: (data) => data.metrics.length === 0,
        empty: () => emptyRange('No metrics in this range.', 'performance_metric', this),
        content: (data) => this.#table(data.metrics),
      })}
    </section>`;
  }

  #table(metrics) {
    return html`<div class="table-frame" role="region" aria-labelledby="caption" tabindex="0">
      <table>
        <caption id="caption" class="visually-hidden">
          Samples, average and percentiles of each metric in ${this.range.words}
        </caption>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Samples</th>
            <th scope="col">Average</th>
            <th scope="col">p50</th>
            <th scope="col">p95</th>
            <th scope="col">p99</th>
            <th scope="col" class="text">Unit</th>
          </tr>
        </thead>
        <tbody>
          ${metrics.map(
            (metric) => html`<tr data-test="metric-row" data-metric=${metric.metric}>
              <th scope="row" title=${metric.metric}>${formatName(metric.metric)}</th>
              <td title=${formatExactly(metric.samples)}>${formatCount(metric.samples)}</td>
              <td>${formatMeasure(metric.avg)}</td>
              <td>${formatMeasure(metric.p50)}</td>
              <td>${formatMeasure(metric.p95)}</td>
              <td>${formatMeasure(metric.p99)}</td>
              <td class="text unit">${metric.unit ?? '–'}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

customElements.define('metric-summary', MetricSummary);
