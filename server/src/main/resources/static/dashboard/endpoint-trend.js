import { LitElement, css, html } from 'lit';

import './time-chart.js';
import { formatCount, formatMillis } from './format.js';
import { panelBody } from './panel-body.js';
import { Polling } from './polling.js';
import { readJson } from './server-api.js';
import { readerZone } from './server-clock.js';
import { foundation, panel } from './shared-styles.js';
import { chooseInterval, toParameters } from './time-range.js';
import { fillTrend } from './trend-points.js';

const REFRESH_MILLIS = 10_000;

/** How the latency and the requests of one endpoint went over the range. */
export class EndpointTrend extends LitElement {
  static properties = {
    range: { attribute: false },
    endpoint: {},
  };

  static styles = [
    foundation,
    panel,
    css`
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
        gap: 1.25rem 1.75rem;
        --chart-height: 170px;
      }
      .charts > div {
        min-width: 0;
      }
    `,
  ];

  polling = new Polling(
    this,
    REFRESH_MILLIS,
    () => [this.range.key, this.endpoint],
    (signal) => readJson('insights/api-trend', this.#parameters(), signal),
  );

  render() {
    return html`<div data-test="endpoint-trend">
      ${panelBody(this.polling, {
        isEmpty: (data) => data.points.length === 0,
        empty: () => '',
        content: (data) => this.#charts(data),
      })}
    </div>`;
  }

  #parameters() {
    return { ...toParameters(this.range), ...chooseInterval(this.range), endpoint: this.endpoint };
  }

  #charts({ points, range, interval, zone, partial_intervals: partial = [] }) {
    const isOfReader = zone === readerZone();
    const trend = fillTrend(points, range, interval, isOfReader, partial);
    const series = (name, kind, tone, value) => ({ name, kind, tone, values: trend.map(value) });
    const succeeded = series('Succeeded', 'bar', 'accent', (point) => point.requests - point.errors);
    const failed = series('Failed', 'bar', 'bad-fill', (point) => point.errors);
    const latency = series('p95', 'line', 'second', (point) => point.p95_ms);
    const instants = trend.map((point) => point.instant);
    const isWallClock = interval === 'day' && !isOfReader;
    const each = isWallClock ? 'day (UTC)' : interval;
    const time = { interval, isWallClock, instants, partial: trend.map(({ isPartial }) => isPartial) };
    return html`<div class="charts">
      ${this.#chart(`p95 response time by ${each}`, time, [latency], formatMillis)}
      ${this.#chart(`Requests by ${each}`, time, [succeeded, failed], formatCount)}
    </div>`;
  }

  #chart(title, { interval, isWallClock, instants, partial }, series, format) {
    return html`<div>
      <h3>${title}</h3>
      <time-chart
        label=${`${title} of ${this.endpoint} in ${this.range.words}`}
        interval=${interval}
        .instants=${instants}
        .isWallClock=${isWallClock}
        .partial=${partial}
        .series=${series}
        .format=${format}
      ></time-chart>
    </div>`;
  }
}

customElements.define('endpoint-trend', EndpointTrend);
