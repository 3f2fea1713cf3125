import { LitElement, css, html } from 'lit';

import { Polling } from './polling.js';
import { readJson } from './server-api.js';
import { controls, foundation, panel } from './shared-styles.js';

const ASK_AGAIN_MILLIS = 60_000;

/** Says how to sign in, and notices when that was done in another tab. */
export class SignInNotice extends LitElement {
  static styles = [
    foundation,
    panel,
    controls,
    css`
      section {
        max-width: 34rem;
        height: auto;
        margin: 8vh auto 0;
        padding: 2rem 1.75rem;
      }
      h2 {
        font-size: 1.3rem;
      }
      p {
        margin: 0.6rem 0;
        color: var(--ink-muted);
      }
      pre {
        margin: 0.8rem 0 1.2rem;
        padding: 0.7rem 0.9rem;
        border-radius: 8px;
        background: var(--surface-quiet);
        font: 0.95rem var(--code-font);
        overflow-x: auto;
      }
    `,
  ];

  polling = new Polling(this, ASK_AGAIN_MILLIS, () => [], (signal) => this.#askForSession(signal));

  render() {
    return html`<section data-test="sign-in-notice" aria-labelledby="heading">
      <h2 id="heading">Sign in to see your numbers</h2>
      <p>Run this where Tidemark is installed. It prints a link that signs you in, once.</p>
      <pre>./tidemark sign-in</pre>
      <button class="button primary" @click=${() => this.polling.askNow()}>I have signed in</button>
    </section>`;
  }

  async #askForSession(signal) {
    const session = await readJson('session', {}, signal);
    this.dispatchEvent(new CustomEvent('signed-in', { bubbles: true, composed: true }));
    return session;
  }
}

customElements.define('sign-in-notice', SignInNotice);
