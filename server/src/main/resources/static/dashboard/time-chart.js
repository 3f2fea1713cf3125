import { LitElement, css, html, nothing } from 'lit';

import { foundation } from './shared-styles.js';
import { timeLabels } from './time-labels.js';

const PIXELS_FOR_A_LABEL = 64;
const darkScheme = matchMedia('(prefers-color-scheme: dark)');

/**
 * A small chart over time, drawn on a canvas. Its label says in words what it shows.
 *
 * `series` is a list of `{name, kind: 'bar'|'line', tone, values}`; `tone` names a colour property of the page and
 * `values` go with `instants`, null where there is none. Bars are stacked; a line may be `isEarlier`, of the time before.
 * `partial` says for each instant whether its interval is not whole: bars are paler there, and lines dotted.
 */
export class TimeChart extends LitElement {
  static properties = {
    label: {},
    interval: {},
    instants: { attribute: false },
    isWallClock: { attribute: false },
    partial: { attribute: false },
    series: { attribute: false },
    format: { attribute: false },
  };

  static styles = [
    foundation,
    css`
      :host {
        position: relative;
      }
      div {
        height: var(--chart-height, 110px);
      }
      p {
        position: absolute;
        inset: 30% 0 auto;
        margin: 0;
        text-align: center;
        font-size: 0.85rem;
        color: var(--ink-muted);
      }
    `,
  ];

  #chart;
  #resizing = new ResizeObserver(() => {
    this.#chart?.resize();
    this.#draw();
  });
  #onSchemeChange = () => this.#draw();

  constructor() {
    super();
    this.instants = [];
    this.partial = [];
    this.series = [];
    this.interval = 'minute';
    this.isWallClock = false;
    this.format = String;
  }

  connectedCallback() {
    super.connectedCallback();
    darkScheme.addEventListener('change', this.#onSchemeChange);
    if (this.hasUpdated) this.#start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    darkScheme.removeEventListener('change', this.#onSchemeChange);
    this.#resizing.disconnect();
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  render() {
    return html`<div role="img" aria-label=${this.#describe()}></div>
      ${this.#isBlank() ? html`<p aria-hidden="true">Nothing in this time</p>` : nothing}`;
  }

  firstUpdated() {
    this.#start();
  }

  updated() {
    this.#draw();
  }

  async #start() {
    const echarts = await import('echarts');
    if (!this.isConnected || this.#chart !== undefined) return;
    const frame = this.renderRoot.querySelector('div');
    this.#chart = echarts.init(frame, null, { renderer: 'canvas' });
    this.#resizing.observe(frame);
    this.#draw();
  }

  #isBlank() {
    return this.series.every(({ values }) => values.every((value) => !value));
  }

  #describe() {
    const parts = this.series.map(({ name, values }) => {
      const known = values.filter((value) => value !== null);
      if (known.length === 0) return `${name}: nothing yet`;
      const [lowest, highest] = [Math.min(...known), Math.max(...known)].map((value) => this.format(value));
      return `${name}: from ${lowest} to ${highest}, last ${this.format(known.at(-1))}`;
    });
    const notWhole = this.partial.filter(Boolean).length;
    return `${this.label}. ${parts.join('; ')}.${notWhole === 0 ? '' : ` Not whole: ${notWhole} of ${this.instants.length}.`}`;
  }

  #draw() {
    if (this.#chart === undefined || this.instants.length === 0) return;
    const colours = getComputedStyle(this);
    const colour = (name) => colours.getPropertyValue(`--${name}`).trim();
    const lines = this.series.filter(({ kind }) => kind === 'line').length;
    const text = { color: colour('ink-muted'), fontFamily: colours.fontFamily, fontSize: 11 };
    const labels = timeLabels(this.instants, this.interval, this.isWallClock);
    const labelled = labels.choose(Math.max(2, this.clientWidth / PIXELS_FOR_A_LABEL));
    this.#chart.setOption(
      {
        animation: false,
        grid: { left: 2, right: 6, top: 10, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
        tooltip: this.#tooltip(labels, colour, text),
        xAxis: {
          type: 'category',
          data: this.instants.map((instant) => labels.short(instant)),
          axisLine: { lineStyle: { color: colour('line-strong') } },
          axisTick: { show: false },
          axisLabel: { ...text, hideOverlap: true, interval: (index) => labelled[index] },
        },
        yAxis: {
          type: 'value',
          show: !this.#isBlank(),
          min: ({ min }) => Math.min(0, min),
          splitNumber: 2,
          axisLabel: { ...text, formatter: (value) => this.format(value), hideOverlap: true },
          splitLine: { lineStyle: { color: colour('line') } },
        },
        series: this.series.flatMap((series) => toSeries(series, this.partial, colour(series.tone), lines === 1)),
      },
      { replaceMerge: ['series'] },
    );
  }

  /** Drawn on the canvas too: no markup is made out of data. */
  #tooltip(labels, colour, text) {
    return {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      padding: [6, 9],
      backgroundColor: colour('surface'),
      borderColor: colour('line-strong'),
      borderWidth: 1,
      textStyle: { ...text, color: colour('ink'), fontSize: 12 },
      axisPointer: { type: 'line', lineStyle: { color: colour('line-strong'), type: 'solid' } },
      formatter: (entries) => {
        const { dataIndex } = entries[0];
        const lines = this.series.map(({ name, values }) =>
          values[dataIndex] === null ? `${name}: none` : `${name}: ${this.format(values[dataIndex])}`);
        const note = this.partial[dataIndex] ? ' (not whole)' : '';
        return [labels.full(this.instants[dataIndex]) + note, ...lines].join('\n');
      },
    };
  }
}

function toSeries({ name, kind, values, isEarlier }, partial, colour, isOnlyLine) {
  const common = { name, type: kind, itemStyle: { color: colour }, emphasis: { disabled: true } };
  if (kind === 'bar') {
    const data = values.map((value, index) => (partial[index] ? { value, itemStyle: { color: colour, opacity: 0.45 } } : value));
    return [{ ...common, data, stack: 'all', barCategoryGap: '25%', barMaxWidth: 18 }];
  }
  const line = (data, type) => ({
    ...common,
    data,
    showSymbol: data.filter((value) => value !== null).length === 1,
    symbolSize: 5,
    lineStyle: { color: colour, width: isEarlier ? 1.5 : 2, type },
    areaStyle: isOnlyLine ? { color: colour, opacity: 0.08 } : undefined,
  });
  const whole = line(values.map((value, index) => (partial[index] ? null : value)), isEarlier ? 'dashed' : 'solid');
  if (!partial.some(Boolean)) return [whole];
  const isBeside = (index) => partial[index] || partial[index - 1] || partial[index + 1];
  return [whole, line(values.map((value, index) => (isBeside(index) ? value : null)), 'dotted')];
}

customElements.define('time-chart', TimeChart);
