import { LitElement, css, html, nothing } from 'lit';

import { formatName, formatQuantity } from '../dashboard/format.js';
import { readJson } from '../dashboard/server-api.js';
import { controls, foundation, panel } from '../dashboard/shared-styles.js';
import { Reading } from './reading.js';
import { hashOf, newHashOf } from './view.js';

/** All that is saved: dashboards, then questions. */
export class SavedList extends LitElement {
  static styles = [
    foundation,
    panel,
    controls,
    css`
      :host {
        display: grid;
        gap: 1.1rem;
      }
      ul {
        margin: 0 -0.6rem;
        padding: 0;
        list-style: none;
      }
      li a {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0.1rem 0.8rem;
        padding: 0.6rem;
        border-radius: 8px;
        color: inherit;
        text-decoration: none;
      }
      li a:hover {
        background: var(--surface-quiet);
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      b {
        font-weight: 600;
        color: var(--accent);
        overflow-wrap: anywhere;
      }
      .kind {
        margin-left: auto;
        font-size: 0.85rem;
        color: var(--ink-muted);
      }
      .said {
        flex-basis: 100%;
        font-size: 0.9rem;
        color: var(--ink-muted);
        overflow-wrap: anywhere;
      }
    `,
  ];

  reading = new Reading(this, async (signal) => {
    const [dashboards, questions] = await Promise.all(
      ['dashboards', 'saved-questions'].map((path) => readJson(path, {}, signal)),
    );
    return { dashboards, questions };
  });

  render() {
    const { data, problem } = this.reading;
    if (problem !== undefined) return html`<p class="problem" role="alert">${problem.message}</p>`;
    if (data === undefined) return html`<div class="skeleton" role="img" aria-label="Loading"></div>`;
    return html`
      ${part('dashboard', 'Dashboards', 'New dashboard', data.dashboards, ({ questions }) =>
        formatQuantity(questions.length, 'question', 'questions'))}
      ${part('question', 'Questions', 'New question', data.questions, ({ document }) =>
        formatName(document.question.replaceAll('-', ' ')))}
    `;
  }
}

function part(what, title, newWords, items, kindOf) {
  return html`<section aria-labelledby=${what} data-test=${`${what}-list`}>
    <header>
      <h2 id=${what}>${title}</h2>
      <a class="button" href=${newHashOf(what)} data-test=${`new-${what}`}>${newWords}</a>
    </header>
    ${items.length === 0 ? html`<p class="note">None yet.</p>` : nothing}
    <ul>
      ${items.map((item) => html`<li>
        <a href=${hashOf(what, item.id)} data-test=${what}>
          <b>${item.name}</b><span class="kind">${kindOf(item)}</span>
          ${item.description === '' ? nothing : html`<span class="said">${item.description}</span>`}
        </a>
      </li>`)}
    </ul>
  </section>`;
}

customElements.define('saved-list', SavedList);
