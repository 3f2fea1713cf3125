import { LitElement, css, html } from 'lit';
import { classMap } from 'lit/directives/class-map.js';

import './data-freshness.js';
import './time-chart.js';
import { formatCount, formatDuration, formatMillis, formatRate, formatShare } from './format.js';
import { isFailing, isSlow } from './latency-limits.js';
import { Polling } from './polling.js';
import { readJson } from './server-api.js';
import { foundation, panel } from './shared-styles.js';
import { liveNowStyles } from './live-now-styles.js';

const REFRESH_MILLIS = 2_000;
const HARDLY_LATER_MILLIS = 10_000;

/**
 * What goes on at this moment: four numbers and the last half hour. While nothing is stored, what was known last is
 * kept: rates of records that cannot come would be nothing but zeros.
 */
export class LiveNow extends LitElement {
  static properties = { intake: { attribute: false } };

  static styles = [foundation, panel, liveNowStyles];

  polling = new Polling(
    this,
    REFRESH_MILLIS,
    () => (this.#isStopped() && this.polling.data !== undefined ? undefined : []),
    (signal) => readJson('insights/live', {}, signal),
  );

  #wasOffline = false;

  updated() {
    const isOffline = this.polling.problem !== undefined;
    if (isOffline === this.#wasOffline) return;
    this.#wasOffline = isOffline;
    const words = isOffline ? `${this.polling.problem.message} Trying again.` : 'The server answers again.';
    this.dispatchEvent(new CustomEvent('announced', { detail: words, bubbles: true, composed: true }));
  }

  render() {
    const { data: live, problem, receivedAt } = this.polling;
    const isOffline = problem !== undefined;
    return html`
      <section aria-labelledby="heading" class=${classMap({ offline: isOffline || this.#isStopped() })}>
        <header>
          <h2 id="heading">Live now</h2>
          <data-freshness .data=${live} .problem=${problem} .receivedAt=${receivedAt}></data-freshness>
        </header>
        ${isOffline ? html`<p class="problem" data-test="live-problem">${problem.message} Trying again.</p>` : ''}
        <div class="body">
          <dl>${this.#numbers(this.#isAfterTheStop(live) ? undefined : live)}</dl>
          <div class="charts">${live === undefined ? '' : this.#charts(live.series)}</div>
        </div>
      </section>
    `;
  }

  #isStopped() {
    return (this.intake?.reason ?? null) !== null;
  }

  /** Asked for the first time after the stop: what was going on until then is not known. */
  #isAfterTheStop(live) {
    if (live === undefined || !this.#isStopped() || this.intake.since === null) return false;
    return Date.parse(live.freshness.as_of) > Date.parse(this.intake.since) + HARDLY_LATER_MILLIS;
  }

  #numbers(live) {
    const window = `last ${formatDuration(live?.people_window_seconds ?? 300).replace('.0', '')}`;
    return [
      number('live-people', 'People', formatCount(live?.people), window),
      number('live-records-per-second', 'Events a second', formatRate(live?.records_per_second), 'last minute'),
      number('live-error-rate', 'Error rate', formatShare(live?.error_rate), 'of requests, last 5 min', isFailing(live)),
      number('live-p95', 'p95 response', formatMillis(live?.p95_ms), 'of requests, last 5 min', isSlow(live)),
    ];
  }

  #charts(series) {
    const instants = series.map((point) => Date.parse(point.at));
    const records = { name: 'Records', kind: 'bar', tone: 'accent', values: series.map((point) => point.records) };
    const latency = { name: 'p95', kind: 'line', tone: 'second', values: series.map((point) => point.p95_ms) };
    return [
      chart('Records a minute', instants, records, formatCount),
      chart('p95 response time', instants, latency, formatMillis),
    ];
  }
}

function number(test, name, value, note, isAlarming = false) {
  return html`<div class=${classMap({ alarming: isAlarming })}>
    <dt>${name}</dt>
    <dd class="value" data-test=${test}>${value}</dd>
    <dd class="hint">${note}</dd>
  </div>`;
}

function chart(title, instants, series, format) {
  return html`<div>
    <h3>${title} <span>· last 30 min</span></h3>
    <time-chart
      label=${`${title}, last 30 minutes`}
      interval="minute"
      .instants=${instants}
      .series=${[series]}
      .format=${format}
    ></time-chart>
  </div>`;
}

customElements.define('live-now', LiveNow);
