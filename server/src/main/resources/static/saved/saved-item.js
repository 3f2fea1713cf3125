import { LitElement, css, html, nothing } from 'lit';

import './question-card.js';
import './share-panel.js';
import { readJson, sendJson } from '../dashboard/server-api.js';
import { controls, foundation, panel } from '../dashboard/shared-styles.js';
import { questionsPageStyles } from './questions-page-styles.js';
import { Reading, tellSignedOut } from './reading.js';
import { editHashOf, hashOf, pathOf } from './view.js';

/** One saved question or dashboard: its answers, who else sees them, and the ways to change it. */
export class SavedItem extends LitElement {
  static properties = {
    what: {},
    savedId: {},
    _problem: { state: true },
  };

  static styles = [
    foundation,
    panel,
    controls,
    questionsPageStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.1rem;
        max-width: none;
        padding: 0;
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        justify-content: space-between;
        gap: 0.6rem 1.5rem;
      }
      .title > div {
        min-width: 0;
      }
      .actions {
        display: flex;
        gap: 0.6rem;
      }
      .owner {
        margin: 0.4rem 0 0;
        font-size: 0.85rem;
        color: var(--ink-muted);
      }
    `,
  ];

  item = new Reading(this, async (signal) => {
    const item = await readJson(`${pathOf(this.what)}/${this.savedId}`, {}, signal);
    document.title = `${item.name} · Tidemark`;
    if (this.what === 'question') return { item, questions: [item] };
    return { item, questions: await Promise.all(item.questions.map((id) => readJson(`saved-questions/${id}`, {}, signal))) };
  });

  render() {
    const { data, problem } = this.item;
    if (problem !== undefined) return html`<p class="problem" role="alert" data-test="problem">${problem.message}</p>`;
    if (data === undefined) return html`<div class="skeleton" role="img" aria-label="Loading"></div>`;
    const { item, questions } = data;
    return html`
      <div class="title">
        <div>
          <h1 data-test="item-name">${item.name}</h1>
          ${this.what === 'dashboard' && item.description !== '' ? html`<p class="description">${item.description}</p>` : nothing}
          <p class="owner">Saved by ${item.owner}</p>
        </div>
        <div class="actions">
          <a class="button" href=${editHashOf(this.what, this.savedId)} data-test="edit">Edit</a>
          <button class="button" data-test="delete" @click=${this.#delete}>Delete</button>
        </div>
      </div>
      ${this._problem === undefined ? nothing : html`<p class="problem" role="alert">${this._problem.message}</p>`}
      ${questions.length === 0
        ? html`<p class="waiting">No questions yet. <a href=${editHashOf(this.what, this.savedId)}>Add some</a></p>`
        : nothing}
      ${questions.map((question) => html`
        <question-card .question=${toCard(question)} path=${`saved-questions/${question.id}/answer`}>
          ${this.what === 'dashboard' ? html`<a slot="links" href=${hashOf('question', question.id)}>Open</a>` : nothing}
        </question-card>
      `)}
      <share-panel path=${`${pathOf(this.what)}/${this.savedId}`}></share-panel>
    `;
  }

  #delete = async () => {
    const { name } = this.item.data.item;
    if (!confirm(`Delete “${name}”? Its links will show nothing any more.`)) return;
    try {
      await sendJson('DELETE', `${pathOf(this.what)}/${this.savedId}`);
      location.hash = '';
    } catch (problem) {
      this._problem = problem;
      tellSignedOut(this, problem);
    }
  };
}

const toCard = ({ id, name, description, document: { question: kind } }) => ({ id, name, description, kind });

customElements.define('saved-item', SavedItem);
