import { LitElement, html, nothing } from 'lit';

import './endpoint-latency.js';
import './first-record.js';
import './intake-notice.js';
import './live-now.js';
import './metric-summary.js';
import './person-sessions.js';
import './range-chooser.js';
import './refused-records.js';
import './sign-in-notice.js';
import './step-completions.js';
import './step-funnel.js';
import './truth-notice.js';
import { findNewestElsewhere, isNothingStored } from './coverage.js';
import { changeView, hashOf, readView } from './page-view.js';
import { Polling } from './polling.js';
import { SignedOut, readJson, signOut } from './server-api.js';
import { readerZone } from './server-clock.js';
import { controls, foundation } from './shared-styles.js';
import { tidemarkPageStyles } from './tidemark-page-styles.js';

const SESSION_MILLIS = 60_000;
const COVERAGE_MILLIS = 10_000;
const INTAKE_MILLIS = 2_000;
const TRUTH_MILLIS = 10_000;

/** The page: who is signed in, what range and endpoint it shows, and its panels. */
export class TidemarkPage extends LitElement {
  static properties = {
    _view: { state: true },
    _isSignedOut: { state: true },
    _announcement: { state: true },
  };

  static styles = [foundation, controls, tidemarkPageStyles];

  session = new Polling(this, SESSION_MILLIS, () => this.#unlessSignedOut(), (signal) => readJson('session', {}, signal));
  coverage = new Polling(
    this,
    COVERAGE_MILLIS,
    () => (this.#isReady() ? this.#unlessSignedOut() : undefined),
    (signal) => readJson('insights/coverage', {}, signal),
  );

  truth = new Polling(
    this,
    TRUTH_MILLIS,
    () => (this.#isReady() ? this.#unlessSignedOut() : undefined),
    (signal) => readJson('insights/rollups', {}, signal),
  );

  /** Answered whoever asks and whatever the database does: how the others fare is told by it. */
  intake = new Polling(this, INTAKE_MILLIS, () => [], (signal) => readJson('intake', {}, signal));

  constructor() {
    super();
    this._view = readView();
    this._isSignedOut = false;
    this.addEventListener('signed-out', () => (this._isSignedOut = true));
    this.addEventListener('signed-in', () => (this._isSignedOut = false));
    this.addEventListener('announced', ({ detail }) => (this._announcement = detail));
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
    return html`
      <header>
        <h1><img src=${new URL('logo.svg', import.meta.url).href} alt="" width="28" height="28" />Tidemark</h1>
        ${this._isSignedOut || this.session.data === undefined ? nothing : this.#signedIn(this.session.data)}
      </header>
      <p class="visually-hidden" role="status">${this._announcement}</p>
      <intake-notice .intake=${this.#knownIntake()}></intake-notice>
      <main>${this.#content()}</main>
    `;
  }

  #content() {
    if (this._isSignedOut) return html`<sign-in-notice></sign-in-notice>`;
    if (!this.#isReady()) return html`<p class="waiting">Reading …</p>`;
    const coverage = this.coverage.data;
    return html`
      <truth-notice .truth=${this.truth.data}></truth-notice>
      <live-now .intake=${this.#knownIntake()}></live-now>
      ${coverage !== undefined && isNothingStored(coverage) ? html`<first-record></first-record>` : this.#panels(coverage)}
    `;
  }

  #panels(coverage) {
    const { range, endpoint } = this._view;
    const elsewhere = findNewestElsewhere(coverage, range);
    const shared = elsewhere === undefined ? coverage : undefined;
    return html`
      <div class="toolbar">
        <range-chooser .range=${range}></range-chooser>
        ${endpoint === undefined ? nothing : endpointChip(endpoint)}
      </div>
      ${elsewhere === undefined
        ? nothing
        : html`<p class="elsewhere" data-test="newest-data">
            No data in this range. Newest data: ${elsewhere.words} —
            <a href=${hashOf({ range: elsewhere, endpoint })} data-test="newest-data-link">show it</a>
          </p>`}
      <endpoint-latency .range=${range} .endpoint=${endpoint} .coverage=${shared}></endpoint-latency>
      <div class="pair">
        <step-funnel .range=${range} .endpoint=${endpoint} .coverage=${shared}></step-funnel>
        <step-completions .range=${range} .endpoint=${endpoint} .coverage=${shared}></step-completions>
      </div>
      <metric-summary .range=${range} .endpoint=${endpoint} .coverage=${shared}></metric-summary>
      <refused-records .range=${range}></refused-records>
      <person-sessions .range=${range}></person-sessions>
      <footer>Times and days are in your time zone, ${readerZone()}.</footer>
    `;
  }

  #signedIn({ name }) {
    return html`<p class="person">
      <a href="./questions" data-test="questions-link">Questions</a>
      <span data-test="session-name">${name}</span>
      <button class="quiet" data-test="sign-out" @click=${this.#signOut}>Sign out</button>
    </p>`;
  }

  /** Nothing is known of a server that does not answer. */
  #knownIntake() {
    return this.intake.problem === undefined ? this.intake.data : undefined;
  }

  /** Panels wait until it is known whether someone is signed in; a failure of another kind is theirs to tell. */
  #isReady() {
    const { data, problem } = this.session;
    return data !== undefined || (problem !== undefined && !(problem instanceof SignedOut));
  }

  #unlessSignedOut() {
    return this._isSignedOut ? undefined : [];
  }

  async #signOut() {
    try {
      await signOut();
      this._isSignedOut = true;
    } catch (problem) {
      this._announcement = problem.message;
    }
  }

  #onViewChange = () => {
    const earlier = this._view;
    this._view = readView();
    const { range, endpoint } = this._view;
    if (range.key !== earlier.range.key) this._announcement = `Showing ${range.words}`;
    if (endpoint !== earlier.endpoint) this._announcement = `Showing ${endpoint ?? 'all endpoints'}`;
  };
}

function endpointChip(endpoint) {
  return html`<button
    class="chip"
    data-test="endpoint-chip"
    aria-label=${`Show all endpoints, not only ${endpoint}`}
    @click=${() => changeView({ endpoint: undefined })}
  >
    <code>${endpoint}</code><span aria-hidden="true">×</span>
  </button>`;
}

customElements.define('tidemark-page', TidemarkPage);
