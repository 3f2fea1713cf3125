import { LitElement, css, html, nothing } from 'lit';

import './question-card.js';
import { RequestProblem, readJson } from '../dashboard/server-api.js';
import { controls, foundation, panel } from '../dashboard/shared-styles.js';
import { questionsPageStyles } from './questions-page-styles.js';

const NOT_SHARED = new Set([400, 404]);

/** What a link shows to whoever has it. Its token is behind the `#`: only what the page asks of the API has it in its address. */
export class SharedPage extends LitElement {
  static properties = {
    _shared: { state: true },
    _problem: { state: true },
  };

  static styles = [
    foundation,
    panel,
    controls,
    questionsPageStyles,
    css`
      .nothing {
        max-width: 34rem;
        height: auto;
        margin: 8vh auto 0;
      }
      .nothing p {
        margin: 0.6rem 0 0;
        color: var(--ink-muted);
      }
    `,
  ];

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', this.#read);
    this.#read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#read);
  }

  render() {
    return html`
      <header class="top">
        <p class="brand"><img src=${new URL('../dashboard/logo.svg', import.meta.url).href} alt="" width="28" height="28" />Tidemark</p>
        <p class="person">Shared with a link</p>
      </header>
      <main>${this.#content()}</main>
    `;
  }

  #content() {
    if (this._problem !== undefined) return this.#trouble();
    if (this._shared === undefined) return html`<p class="waiting" role="status">Reading …</p>`;
    const { name, description, questions } = this._shared;
    const isOne = questions.length === 1 && questions[0].name === name;
    return html`
      ${isOne ? nothing : html`<div class="title">
        <h1 data-test="shared-name">${name}</h1>
        ${description === '' ? nothing : html`<p class="description">${description}</p>`}
      </div>`}
      ${questions.length === 0 ? html`<p class="waiting">There are no questions on this dashboard.</p>` : nothing}
      ${questions.map((question) => html`
        <question-card .question=${question} path=${`shared/${token()}/questions/${question.id}/answer`}></question-card>
      `)}
    `;
  }

  #trouble() {
    return html`<section class="nothing" data-test="not-shared" role="alert">
      ${NOT_SHARED.has(this._problem.status)
        ? html`<h2>This link shows nothing</h2>
            <p>It was revoked, or a part of the address is missing. Whoever sent it to you can make a new one.</p>`
        : html`<h2>This cannot be shown now</h2>
            <p>${this._problem.message}</p>
            <p><button class="button" @click=${this.#read}>Try again</button></p>`}
    </section>`;
  }

  #read = async () => {
    this._shared = undefined;
    this._problem = undefined;
    try {
      if (token() === '') throw new RequestProblem('The address has no token.', 404);
      this._shared = await readJson(`shared/${token()}`);
      document.title = `${this._shared.name} · Tidemark`;
    } catch (problem) {
      this._problem = problem;
    }
  };
}

const token = () => encodeURIComponent(location.hash.slice(1));

customElements.define('shared-page', SharedPage);
