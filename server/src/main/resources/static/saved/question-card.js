import { LitElement, css, html, nothing } from 'lit';

import './answer-view.js';
import { SignedOut, addressOf, readJson } from '../dashboard/server-api.js';
import { controls, foundation, panel } from '../dashboard/shared-styles.js';

/**
 * One question and its answer: first the one that the server has kept, asked anew when someone wants it. When the card
 * leaves the page the question is stopped.
 *
 * `question` is `{id, name, description, kind}`; `path` is where it is answered, below `/api/v1/`.
 */
export class QuestionCard extends LitElement {
  static properties = {
    question: { attribute: false },
    path: {},
    _answer: { state: true },
    _problem: { state: true },
    _isAsking: { state: true },
  };

  static styles = [
    foundation,
    panel,
    controls,
    css`
      .description {
        margin: -0.5rem 0 0.8rem;
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
      h2 {
        overflow-wrap: anywhere;
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem 1rem;
        margin-top: 1rem;
        font-size: 0.9rem;
      }
    `,
  ];

  #request;
  #asked;

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.#ask('default');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#request?.abort();
  }

  updated() {
    if (this.path !== this.#asked) this.#ask('default');
  }

  render() {
    const { name, description } = this.question;
    return html`<section data-test="question" aria-labelledby="heading" aria-busy=${this._isAsking ?? true}>
      <header><h2 id="heading">${name}</h2><slot name="actions"></slot></header>
      ${description === '' ? nothing : html`<p class="description">${description}</p>`}
      ${this._problem === undefined ? nothing : html`<p class="problem" role="alert" data-test="problem">${this._problem.message}</p>`}
      ${this.#content()}
      <nav aria-label=${`Of ${name}`}>
        <button class="quiet" data-test="ask-again" ?disabled=${this._isAsking} @click=${() => this.#ask('no-store')}>Ask again</button>
        <a href=${addressOf(`${this.path}.csv`)} download data-test="csv">CSV, all rows</a>
        <slot name="links"></slot>
      </nav>
    </section>`;
  }

  #content() {
    if (this._answer !== undefined) {
      return html`<answer-view kind=${this.question.kind} name=${this.question.name} .answer=${this._answer}></answer-view>`;
    }
    return this._problem === undefined ? html`<div class="skeleton" role="img" aria-label="Loading"></div>` : nothing;
  }

  async #ask(cache) {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    if (this.path !== this.#asked) this._answer = undefined;
    this.#asked = this.path;
    this._isAsking = true;
    try {
      this._answer = await readJson(this.path, {}, request.signal, cache);
      this._problem = undefined;
    } catch (problem) {
      if (request.signal.aborted) return;
      if (problem instanceof SignedOut) {
        this.dispatchEvent(new CustomEvent('signed-out', { bubbles: true, composed: true }));
      }
      this._problem = problem;
    }
    this._isAsking = false;
  }
}

customElements.define('question-card', QuestionCard);
