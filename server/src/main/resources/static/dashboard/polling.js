import { SignedOut } from './server-api.js';

const GIVE_UP_AFTER_MILLIS = 20_000;

/**
 * Asks the server one question again and again on behalf of a component.
 *
 * Never two requests at once: the next one is due a pause after the last answer. A changed question ends the request on
 * its way; a hidden tab asks nothing and asks at once when it is seen again.
 */
export class Polling {
  /** The last answer, kept while a later request fails. */
  data;
  /** Why the last request failed; undefined when it did not. */
  problem;
  /** When `data` came, by `performance.now()`. */
  receivedAt;
  /** Whether `data` still answers an earlier question. */
  outdated = false;

  #host;
  #pauseMillis;
  #question;
  #read;
  #asked;
  #answered;
  #request;
  #timer;

  /**
   * @param host the component; it is drawn again when something changes here
   * @param {number} pauseMillis from an answer to the next request
   * @param {() => any[]|undefined} question what to ask, by value; undefined asks nothing and keeps what is known
   * @param {(signal: AbortSignal) => Promise<any>} read
   */
  constructor(host, pauseMillis, question, read) {
    this.#host = host;
    this.#pauseMillis = pauseMillis;
    this.#question = question;
    this.#read = read;
    host.addController(this);
  }

  hostConnected() {
    document.addEventListener('visibilitychange', this.#onVisibilityChange);
    this.#host.requestUpdate();
  }

  hostDisconnected() {
    document.removeEventListener('visibilitychange', this.#onVisibilityChange);
    this.#pause();
    this.#asked = undefined;
  }

  hostUpdate() {
    const question = JSON.stringify(this.#question());
    if (question === this.#asked) return;
    this.#asked = question;
    if (question !== undefined) this.outdated = this.data !== undefined && question !== this.#answered;
    this.askNow();
  }

  /** Ends what is under way and asks at once. */
  askNow() {
    this.#pause();
    if (this.#asked !== undefined && !document.hidden) this.#ask();
  }

  #onVisibilityChange = () => this.askNow();

  #pause() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#request = undefined;
  }

  async #ask() {
    const request = new AbortController();
    const question = this.#asked;
    this.#request = request;
    try {
      const data = await this.#read(
        AbortSignal.any([request.signal, AbortSignal.timeout(GIVE_UP_AFTER_MILLIS)]),
      );
      if (request.signal.aborted) return;
      this.data = data;
      this.#answered = question;
      this.problem = undefined;
      this.receivedAt = performance.now();
      this.outdated = false;
    } catch (problem) {
      if (request.signal.aborted) return;
      this.#keepProblem(problem);
    }
    this.#request = undefined;
    this.#timer = setTimeout(() => this.#ask(), this.#pauseMillis);
    this.#host.requestUpdate();
  }

  #keepProblem(problem) {
    this.problem = problem;
    if (this.outdated) this.data = undefined;
    this.outdated = false;
    if (problem instanceof SignedOut) {
      this.#host.dispatchEvent(new CustomEvent('signed-out', { bubbles: true, composed: true }));
    }
  }
}
