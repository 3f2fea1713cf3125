import { LitElement, css, html, nothing } from 'lit';

import { formatMoment } from '../dashboard/format.js';
import { readJson, sendJson } from '../dashboard/server-api.js';
import { controls, foundation, panel } from '../dashboard/shared-styles.js';
import { Reading, tellSignedOut } from './reading.js';

/** The links to a question or a dashboard: makes one, revokes one. `path` is what they show, below `/api/v1/`. */
export class SharePanel extends LitElement {
  static properties = {
    path: {},
    _made: { state: true },
    _isCopied: { state: true },
    _problem: { state: true },
  };

  static styles = [
    foundation,
    panel,
    controls,
    css`
      ul {
        margin: 0 0 0.9rem;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.2rem 1rem;
        padding: 0.35rem 0;
        border-bottom: 1px solid var(--line);
      }
      .made {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        margin-bottom: 0.4rem;
      }
      input {
        flex: 1 1 16rem;
        min-width: 0;
      }
      p.hint {
        margin-bottom: 0.9rem;
      }
    `,
  ];

  links = new Reading(this, (signal) => readJson(`${this.path}/links`, {}, signal));

  render() {
    const { data, problem } = this.links;
    const trouble = this._problem ?? problem;
    return html`<section aria-labelledby="heading" data-test="share">
      <header><h2 id="heading">Share</h2></header>
      <p class="hint">Whoever has a link sees this without signing in, people by pseudonyms, and nothing else.</p>
      ${trouble === undefined ? nothing : html`<p class="problem" role="alert">${trouble.message}</p>`}
      <div role="status">${this._made === undefined ? nothing : this.#newLink()}</div>
      ${data === undefined || data.length === 0 ? nothing : html`<ul>${data.map((link) => this.#item(link))}</ul>`}
      <button class="button" data-test="make-link" @click=${this.#make}>Make a link</button>
    </section>`;
  }

  #newLink() {
    return html`
      <div class="made">
        <input readonly aria-label="The new link" data-test="new-link" .value=${this._made.address} @focus=${({ target }) => target.select()} />
        <button class="button primary" @click=${this.#copy}>${this._isCopied ? 'Copied' : 'Copy'}</button>
      </div>
      <p class="hint">Keep it: it is shown this once.</p>
    `;
  }

  #item({ id, created_at: createdAt, created_by: createdBy }) {
    const words = `made ${formatMoment(createdAt)} by ${createdBy}`;
    return html`<li data-test="link">
      <span>Link ${words}</span>
      <button class="quiet" data-test="revoke" aria-label=${`Revoke the link ${words}`} @click=${() => this.#revoke(id)}>Revoke</button>
    </li>`;
  }

  #make = () => this.#change(async () => {
    const { id, path } = await sendJson('POST', `${this.path}/links`);
    this._made = { id, address: new URL(`..${path}`, import.meta.url).href };
    this._isCopied = false;
  });

  #revoke(id) {
    this.#change(async () => {
      await sendJson('DELETE', `${this.path}/links/${id}`);
      if (this._made?.id === id) this._made = undefined;
    });
  }

  async #change(work) {
    try {
      await work();
      this._problem = undefined;
      await this.links.again();
    } catch (problem) {
      this._problem = problem;
      tellSignedOut(this, problem);
    }
  }

  /** Where the clipboard is out of reach, the link is selected to be copied by hand. */
  #copy = async () => {
    try {
      await navigator.clipboard.writeText(this._made.address);
      this._isCopied = true;
    } catch {
      this.renderRoot.querySelector('input').focus();
    }
  };
}

customElements.define('share-panel', SharePanel);
