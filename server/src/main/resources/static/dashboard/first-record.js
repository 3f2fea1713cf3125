import { LitElement, css, html } from 'lit';

import { controls, foundation, panel } from './shared-styles.js';

const SERVER = new URL('../', import.meta.url);
const COMMAND = `curl ${new URL('api/v1/batch', SERVER)} \\
  -H 'Authorization: Bearer YOUR_WRITE_KEY' \\
  -H 'Content-Type: application/json' \\
  -d '{"records": [{"type": "user_event", "event_type": "page_view", "user_id": "ada"}]}'`;

/** In place of empty panels while nothing was ever recorded: how to record something. */
export class FirstRecord extends LitElement {
  static properties = { _isCopied: { state: true } };

  static styles = [
    foundation,
    panel,
    controls,
    css`
      section {
        padding-block: 2rem;
      }
      h2 {
        font-size: 1.25rem;
      }
      p {
        margin: 0.4rem 0 0;
        color: var(--ink-muted);
      }
      pre {
        margin: 1rem 0;
        padding: 0.9rem 1rem;
        border-radius: 8px;
        background: var(--surface-quiet);
        font: 0.88rem/1.6 var(--code-font);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  render() {
    return html`<section data-test="empty-notice" aria-labelledby="heading">
      <h2 id="heading">Nothing yet: send your first record</h2>
      <p>It shows here a second or two after it was sent. <code>./tidemark key</code> makes a write key.</p>
      <pre data-test="first-record-command">${COMMAND}</pre>
      ${navigator.clipboard === undefined
        ? ''
        : html`<button class="button" @click=${this.#copy}>${this._isCopied ? 'Copied' : 'Copy'}</button>`}
    </section>`;
  }

  async #copy() {
    await navigator.clipboard.writeText(COMMAND);
    this._isCopied = true;
  }
}

customElements.define('first-record', FirstRecord);
