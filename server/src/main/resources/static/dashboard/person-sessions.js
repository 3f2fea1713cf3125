import { LitElement, html, nothing } from 'lit';

import { formatDuration, formatName, formatQuantity } from './format.js';
import { personSessionsStyles } from './person-sessions-styles.js';
import { readJson } from './server-api.js';
import { controls, foundation, panel } from './shared-styles.js';
import { isCustomRange, presetRange, toParameters } from './time-range.js';

const SHORTEST_RANGE = presetRange('7d');
const EVENTS_SHOWN = 40;
const STARTED = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** What one person did, session by session. Asked for once; the user id stays out of the address. */
export class PersonSessions extends LitElement {
  static properties = {
    range: { attribute: false },
    _found: { state: true },
    _problem: { state: true },
    _isAsking: { state: true },
  };

  static styles = [foundation, panel, controls, personSessionsStyles];

  #request;

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#request?.abort();
  }

  render() {
    return html`<section aria-labelledby="heading">
      <header>
        <h2 id="heading">Look up a person</h2>
        <p class="hint">Sessions in ${this.#rangeAsked().words}</p>
      </header>
      <form @submit=${this.#onSubmit} role="search">
        <label class="visually-hidden" for="user-id">User id</label>
        <input
          id="user-id"
          name="user"
          required
          autocomplete="off"
          spellcheck="false"
          placeholder="User id"
          data-test="person-input"
        />
        <button class="button primary" data-test="person-search">Show sessions</button>
      </form>
      <div role="status" aria-busy=${this._isAsking ?? false}>
        ${this._problem === undefined ? nothing : html`<p class="problem">${this._problem.message}</p>`}
        ${this._found === undefined ? nothing : this.#answer(this._found)}
      </div>
    </section>`;
  }

  /** At least a week, and longer when the page shows longer or other days. */
  #rangeAsked() {
    const isLonger = isCustomRange(this.range) || this.range.days > SHORTEST_RANGE.days;
    return isLonger ? this.range : SHORTEST_RANGE;
  }

  #answer({ person, isKnown, words, sessions }) {
    const who = isKnown === false ? html`<b>${person}</b> (anonymous)` : html`<b>${person}</b>`;
    if (sessions.length === 0) {
      return html`<p class="note" data-test="no-sessions">No sessions of ${who} in ${words}.</p>`;
    }
    return html`
      <p class="hint found">${formatQuantity(sessions.length, 'session', 'sessions')} of ${who}, newest first</p>
      <ol class="sessions">${sessions.map(sessionItem)}</ol>
    `;
  }

  async #onSubmit(event) {
    event.preventDefault();
    const person = new FormData(event.target).get('user').trim();
    if (person === '') return;
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const range = this.#rangeAsked();
    this._isAsking = true;
    try {
      const parameters = { user_id: person, ...toParameters(range) };
      const { sessions, is_known: isKnown } = await readJson('insights/sessions', parameters, request.signal);
      this._found = { person, isKnown, words: range.words, sessions };
      this._problem = undefined;
    } catch (problem) {
      if (request.signal.aborted) return;
      this._found = undefined;
      this._problem = problem;
    }
    this._isAsking = false;
  }
}

function sessionItem(session) {
  const seconds = (Date.parse(session.ended_at) - Date.parse(session.started_at)) / 1000;
  const steps = joinRepeats(session.event_sequence);
  return html`<li data-test="person-session">
    <p class="when">
      <time datetime=${session.started_at}>${STARTED.format(new Date(session.started_at))}</time>
      <span>${formatQuantity(session.events, 'event', 'events')}${seconds > 0 ? ` in ${formatDuration(seconds)}` : ''}</span>
    </p>
    <ol class="events">
      ${steps.slice(0, EVENTS_SHOWN).map(eventItem)}
      ${steps.length > EVENTS_SHOWN ? html`<li>and ${steps.length - EVENTS_SHOWN} more</li>` : nothing}
    </ol>
  </li>`;
}

function eventItem({ name, times }) {
  return html`<li title=${name}>${formatName(name)}${times > 1 ? html` <b>×${times}</b>` : nothing}</li>`;
}

/** The same event several times running, as one with its count. */
export function joinRepeats(names) {
  const joined = [];
  for (const name of names) {
    if (joined.at(-1)?.name === name) joined.at(-1).times += 1;
    else joined.push({ name, times: 1 });
  }
  return joined;
}

customElements.define('person-sessions', PersonSessions);
