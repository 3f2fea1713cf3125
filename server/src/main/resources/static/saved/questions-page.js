import { LitElement, css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

import '../dashboard/sign-in-notice.js';
import './dashboard-editor.js';
import './question-editor.js';
import './saved-item.js';
import './saved-list.js';
import { readJson } from '../dashboard/server-api.js';
import { controls, foundation, panel } from '../dashboard/shared-styles.js';
import { questionsPageStyles } from './questions-page-styles.js';
import { Reading } from './reading.js';
import { readView } from './view.js';

/** Saved questions and dashboards, for those who are signed in. */
export class QuestionsPage extends LitElement {
  static properties = {
    _view: { state: true },
    _isSignedOut: { state: true },
  };

  static styles = [
    foundation,
    panel,
    controls,
    questionsPageStyles,
    css`
      nav {
        display: flex;
        gap: 1.2rem;
      }
      @media (max-width: 420px) {
        .person {
          display: none;
        }
      }
      main:focus {
        outline: none;
      }
      nav a[aria-current] {
        color: var(--ink);
        font-weight: 600;
        text-decoration: none;
      }
    `,
  ];

  session = new Reading(this, (signal) => readJson('session', {}, signal));

  constructor() {
    super();
    this._view = readView();
    this._isSignedOut = false;
    this.addEventListener('signed-out', () => (this._isSignedOut = true));
    this.addEventListener('signed-in', () => {
      this._isSignedOut = false;
      this.session.again();
    });
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', this.#onViewChange);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#onViewChange);
  }

  render() {
    const name = this.session.data?.name;
    return html`
      <header class="top">
        <p class="brand"><img src=${new URL('../dashboard/logo.svg', import.meta.url).href} alt="" width="28" height="28" />Tidemark</p>
        <nav aria-label="Pages">
          <a href="./">Live</a>
          <a href="#" aria-current=${this._view.what === 'list' ? 'page' : nothing}>Questions</a>
        </nav>
        <p class="person" data-test="session-name">${this._isSignedOut ? nothing : name}</p>
      </header>
      <main tabindex="-1">
        ${this._isSignedOut ? html`<sign-in-notice></sign-in-notice>` : nothing}
        <div ?hidden=${this._isSignedOut}>${this.#isShown() ? this.#content() : nothing}</div>
      </main>
    `;
  }

  /** What is being written outlives the session; everything else is read again after signing in. */
  #isShown() {
    return !this._isSignedOut || this._view.isEdited;
  }

  #content() {
    const { data, problem } = this.session;
    if (problem !== undefined) return html`<p class="problem" role="alert">${problem.message}</p>`;
    if (data === undefined) return html`<p class="waiting" role="status">Reading …</p>`;
    const { what, id, isEdited } = this._view;
    return keyed(location.hash, view(what, id, isEdited));
  }

  /** The focus begins anew with what is shown, as it does on a page of its own. */
  #onViewChange = () => {
    this._view = readView();
    document.title = 'Questions · Tidemark';
    scrollTo(0, 0);
    this.updateComplete.then(() => this.renderRoot.querySelector('main').focus({ preventScroll: true }));
  };
}

function view(what, id, isEdited) {
  if (what === 'list') return html`<h1>Questions</h1><saved-list></saved-list>`;
  if (!isEdited) return html`<saved-item what=${what} .savedId=${id}></saved-item>`;
  return what === 'question'
    ? html`<question-editor .savedId=${id}></question-editor>`
    : html`<dashboard-editor .savedId=${id}></dashboard-editor>`;
}

customElements.define('questions-page', QuestionsPage);
