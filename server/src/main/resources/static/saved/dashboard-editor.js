import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { readJson, sendJson } from '../dashboard/server-api.js';
import { controls, foundation, panel } from '../dashboard/shared-styles.js';
import { editorStyles } from './editor-styles.js';
import { Reading, tellSignedOut } from './reading.js';
import { hashOf } from './view.js';

const EMPTY = { name: '', description: '', questions: [] };

/** Makes or changes a dashboard: its name, what it is for, which questions are on it and in what order. */
export class DashboardEditor extends LitElement {
  static properties = {
    savedId: {},
    _chosen: { state: true },
    _problem: { state: true },
  };

  static styles = [
    foundation,
    panel,
    controls,
    editorStyles,
    css`
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.3rem;
        padding: 0.3rem 0;
        border-bottom: 1px solid var(--line);
      }
      li span {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      li button {
        min-width: 2.2rem;
        min-height: 2.2rem;
      }
      li button:disabled {
        opacity: 0.3;
        cursor: default;
      }
    `,
  ];

  saved = new Reading(this, async (signal) => {
    const [questions, dashboard] = await Promise.all([
      readJson('saved-questions', {}, signal),
      this.savedId === undefined ? EMPTY : readJson(`dashboards/${this.savedId}`, {}, signal),
    ]);
    this._chosen = dashboard.questions;
    return { dashboard, names: new Map(questions.map(({ id, name }) => [id, name])) };
  });

  render() {
    const { data, problem } = this.saved;
    if (problem !== undefined) return html`<p class="problem" role="alert">${problem.message}</p>`;
    if (data === undefined) return html`<div class="skeleton" role="img" aria-label="Loading"></div>`;
    const { dashboard, names } = data;
    return html`<section aria-labelledby="heading">
      <header><h1 id="heading">${this.savedId === undefined ? 'New dashboard' : 'Edit dashboard'}</h1></header>
      <form @submit=${this.#save} novalidate>
        <div class="field">
          <label for="name">Name</label>
          <input id="name" data-test="name" maxlength="200" autocomplete="off" .value=${dashboard.name} aria-describedby="problem" />
        </div>
        <div class="field">
          <label for="description">What it is for</label>
          <textarea id="description" rows="2" maxlength="2000" .value=${dashboard.description} aria-describedby="problem"></textarea>
        </div>
        <div class="field">
          <label for="add">Questions</label>
          <ol>${repeat(this._chosen, (id) => id, (id, place) => this.#item(names.get(id) ?? id, place))}</ol>
          <select id="add" data-test="add-question" @change=${this.#add}>
            <option value="">Add a question …</option>
            ${[...names].filter(([id]) => !this._chosen.includes(id)).map(([id, name]) => html`<option value=${id}>${name}</option>`)}
          </select>
        </div>
        <div id="problem" role="alert">${this._problem === undefined ? nothing : html`<p class="problem" data-test="problem">${this._problem.message}</p>`}</div>
        <div class="actions">
          <button class="button primary" data-test="save">Save</button>
          <a class="button" href=${this.savedId === undefined ? '#' : hashOf('dashboard', this.savedId)}>Cancel</a>
        </div>
      </form>
    </section>`;
  }

  #item(name, place) {
    return html`<li data-test="chosen-question">
      <span>${name}</span>
      <button class="quiet" type="button" aria-label=${`Move ${name} up`} ?disabled=${place === 0} @click=${() => this.#move(place, -1)}>↑</button>
      <button class="quiet" type="button" aria-label=${`Move ${name} down`} ?disabled=${place === this._chosen.length - 1} @click=${() => this.#move(place, 1)}>↓</button>
      <button class="quiet" type="button" aria-label=${`Take ${name} off`} @click=${() => (this._chosen = this._chosen.toSpliced(place, 1))}>×</button>
    </li>`;
  }

  #add = ({ target }) => {
    if (target.value !== '') this._chosen = [...this._chosen, target.value];
    target.value = '';
  };

  #move(place, by) {
    const chosen = [...this._chosen];
    [chosen[place], chosen[place + by]] = [chosen[place + by], chosen[place]];
    this._chosen = chosen;
  }

  #save = async (event) => {
    event.preventDefault();
    const draft = {
      name: this.renderRoot.getElementById('name').value,
      description: this.renderRoot.getElementById('description').value,
      questions: this._chosen,
    };
    try {
      const saved = this.savedId === undefined
        ? await sendJson('POST', 'dashboards', draft)
        : await sendJson('PUT', `dashboards/${this.savedId}`, draft);
      location.hash = hashOf('dashboard', saved.id);
    } catch (problem) {
      this._problem = problem;
      tellSignedOut(this, problem);
    }
  };
}

customElements.define('dashboard-editor', DashboardEditor);
