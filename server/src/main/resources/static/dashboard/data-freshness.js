import { LitElement, css, html } from 'lit';

import { formatDuration } from './format.js';
import { foundation } from './shared-styles.js';

const STALE_AFTER_SECONDS = 15;

/**
 * How old what is shown is, counted on between answers; or that the server does not answer.
 *
 * Only the change between the two is announced to screen readers, by the page.
 */
export class DataFreshness extends LitElement {
  static properties = {
    data: { attribute: false },
    problem: { attribute: false },
    receivedAt: { attribute: false },
  };

  static styles = [
    foundation,
    css`
      p {
        display: inline-flex;
        align-items: center;
        gap: 0.45rem;
        margin: 0;
        padding: 0.2rem 0.7rem;
        border-radius: 99px;
        background: var(--surface-quiet);
        color: var(--ink-muted);
        font-size: 0.85rem;
        font-variant-numeric: tabular-nums;
      }
      span {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--line-strong);
      }
      [data-state='fresh'] span {
        background: var(--good);
      }
      [data-state='stale'] {
        background: var(--warn-quiet);
        color: var(--warn);
      }
      [data-state='offline'] {
        background: var(--bad-quiet);
        color: var(--bad);
      }
      [data-state='stale'] span,
      [data-state='offline'] span {
        background: currentColor;
      }
    `,
  ];

  #timer;

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  render() {
    const { state, words } = this.#describe();
    return html`<p data-test="freshness" data-state=${state}><span></span>${words}</p>`;
  }

  #describe() {
    const { data, problem, receivedAt } = this;
    if (data === undefined) {
      return problem === undefined
        ? { state: 'waiting', words: 'Reading …' }
        : { state: 'offline', words: 'Offline · no answer yet' };
    }
    const sinceAnswer = Math.max(0, performance.now() - receivedAt) / 1000;
    if (problem !== undefined) {
      return { state: 'offline', words: `Offline · last answer ${formatDuration(sinceAnswer)} ago` };
    }
    const age = sinceAnswer + data.freshness.lag_ms / 1000;
    return { state: age > STALE_AFTER_SECONDS ? 'stale' : 'fresh', words: `As of ${formatDuration(age)} ago` };
  }
}

customElements.define('data-freshness', DataFreshness);
