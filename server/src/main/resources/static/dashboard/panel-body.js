import { html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';

import { findNewestElsewhere } from './coverage.js';
import { hashOf } from './page-view.js';

/**
 * The inside of a panel in each of its states: being read, failed, nothing to show, shown.
 *
 * @param {import('./polling.js').Polling} polling
 * @param {object} parts
 * @param {(data: any) => boolean} parts.isEmpty
 * @param {() => any} parts.empty shown when there is nothing
 * @param {(data: any) => any} parts.content
 */
export function panelBody(polling, { isEmpty, empty, content }) {
  const { data, problem } = polling;
  if (data === undefined && problem === undefined) {
    return html`<div class="skeleton" role="img" aria-label="Loading"></div>`;
  }
  return html`
    ${problem === undefined ? nothing : problemNote(problem, data !== undefined)}
    ${data === undefined
      ? nothing
      : html`<div class=${classMap({ outdated: polling.outdated })} aria-busy=${polling.outdated}>
          ${isEmpty(data) ? empty() : content(data)}
        </div>`}
  `;
}

/**
 * “No … in this range”, with the way to where there are some.
 *
 * @param {string} words
 * @param {string} factName the fact table that would hold them
 * @param {{coverage: any, range: any, endpoint: string|undefined}} panel
 */
export function emptyRange(words, factName, { coverage, range, endpoint }) {
  const elsewhere = findNewestElsewhere(coverage, range, factName);
  return html`<p class="note" data-test="empty-panel">
    ${words}
    ${elsewhere === undefined
      ? nothing
      : html`<br />Newest: <a href=${hashOf({ range: elsewhere, endpoint })}>${elsewhere.words}</a>`}
  </p>`;
}

function problemNote(problem, hasOlderData) {
  return hasOlderData
    ? html`<p class="not-refreshed" data-test="problem">Not refreshed: ${problem.message}</p>`
    : html`<p class="problem" data-test="problem">${problem.message} Trying again.</p>`;
}
