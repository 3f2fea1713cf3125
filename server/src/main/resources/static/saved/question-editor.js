import { LitElement, html, nothing } from 'lit';

import './answer-view.js';
import { RequestProblem, readJson, sendJson } from '../dashboard/server-api.js';
import { controls, foundation, panel } from '../dashboard/shared-styles.js';
import { editorStyles } from './editor-styles.js';
import { readExamples } from './examples.js';
import { Reading, tellSignedOut } from './reading.js';
import { hashOf } from './view.js';

const EMPTY = { name: '', description: '', document: { question: 'funnel', from: '-P7D' } };

/** Makes or changes a saved question: its name, what it is for, and its document as JSON. */
export class QuestionEditor extends LitElement {
  static properties = {
    savedId: {},
    _problem: { state: true },
    _tried: { state: true },
    _isBusy: { state: true },
  };

  static styles = [foundation, panel, controls, editorStyles];

  saved = new Reading(this, async (signal) => (this.savedId === undefined ? EMPTY : readJson(`saved-questions/${this.savedId}`, {}, signal)));
  examples = new Reading(this, readExamples);

  render() {
    const { data, problem } = this.saved;
    if (problem !== undefined) return html`<p class="problem" role="alert">${problem.message}</p>`;
    if (data === undefined) return html`<div class="skeleton" role="img" aria-label="Loading"></div>`;
    return html`<section aria-labelledby="heading">
      <header><h1 id="heading">${this.savedId === undefined ? 'New question' : 'Edit question'}</h1></header>
      <form @submit=${this.#save} novalidate>
        ${this.#field('name', 'Name', (attributes) => html`<input id="name" data-test="name" maxlength="200" autocomplete="off" .value=${data.name} aria-invalid=${attributes.isWrong} aria-describedby="problem" />`)}
        ${this.#field('description', 'What it is for', (attributes) => html`<textarea id="description" rows="2" maxlength="2000" .value=${data.description} aria-invalid=${attributes.isWrong} aria-describedby="problem"></textarea>`)}
        ${this.examples.data === undefined ? nothing : this.#exampleChooser(this.examples.data)}
        ${this.#field('document', 'Document', (attributes) => html`<textarea
          id="document" class="document" data-test="document" rows="14" spellcheck="false" autocapitalize="off"
          .value=${toText(data.document)} aria-invalid=${attributes.isWrong} aria-describedby="problem"
        ></textarea>`)}
        <div id="problem" role="alert">${this._problem === undefined ? nothing : problemWords(this._problem)}</div>
        <div class="actions">
          <button class="button primary" data-test="save" ?disabled=${this._isBusy}>Save</button>
          <button class="button" type="button" data-test="try" ?disabled=${this._isBusy} @click=${this.#try}>Try it</button>
          <a class="button" href=${this.savedId === undefined ? '#' : hashOf('question', this.savedId)}>Cancel</a>
        </div>
      </form>
    </section>
    ${this._tried === undefined ? nothing : html`<section class="tried" aria-label="The answer" data-test="tried">
      <answer-view kind=${this._tried.kind} name="The answer" .answer=${this._tried.answer}></answer-view>
    </section>`}`;
  }

  #field(name, label, control) {
    const isWrong = String(this._problem?.field ?? '').split(/[.[]/)[0] === name;
    return html`<div class="field"><label for=${name}>${label}</label>${control({ isWrong })}</div>`;
  }

  #exampleChooser(examples) {
    return html`<div class="field">
      <label for="example">Start from an example</label>
      <select id="example" data-test="example" @change=${this.#takeExample}>
        <option value="">…</option>
        ${examples.map(({ name, summary }, place) => html`<option value=${place}>${name} – ${summary}</option>`)}
      </select>
    </div>`;
  }

  #takeExample = ({ target }) => {
    const example = this.examples.data[target.value];
    if (example === undefined) return;
    this.#control('document').value = toText(example.document);
    if (this.#control('name').value === '') this.#control('name').value = example.summary.slice(0, 200);
    this._problem = undefined;
  };

  #save = (event) => {
    event.preventDefault();
    this.#work(async () => {
      const draft = { name: this.#control('name').value, description: this.#control('description').value, document: this.#document() };
      const saved = this.savedId === undefined
        ? await sendJson('POST', 'saved-questions', draft)
        : await sendJson('PUT', `saved-questions/${this.savedId}`, draft);
      location.hash = hashOf('question', saved.id);
    });
  };

  #try = () => this.#work(async () => {
    const document = this.#document();
    try {
      this._tried = { kind: document.question, answer: await sendJson('POST', 'questions', document) };
    } catch (problem) {
      if (problem.field !== undefined) problem.field = `document.${problem.field}`;
      throw problem;
    }
  });

  async #work(work) {
    this._isBusy = true;
    this._problem = undefined;
    this._tried = undefined;
    try {
      await work();
    } catch (problem) {
      this._problem = problem;
      tellSignedOut(this, problem);
    }
    this._isBusy = false;
  }

  #document() {
    try {
      return JSON.parse(this.#control('document').value);
    } catch (failure) {
      throw new RequestProblem(`The document is not JSON: ${failure.message}.`, 400, 'document');
    }
  }

  #control(id) {
    return this.renderRoot.getElementById(id);
  }
}

/** The path is told within the document, and once. */
function problemWords({ field, message }) {
  const path = field?.replace(/^document\.?/, '') ?? '';
  const isNamed = path === '' || message.includes(path);
  return html`<p class="problem" data-test="problem">${isNamed ? nothing : html`<code>${path}</code>: `}${message}</p>`;
}

const toText = (document) => JSON.stringify(document, null, 2);

customElements.define('question-editor', QuestionEditor);
