import { SignedOut } from '../dashboard/server-api.js';

/** Reads something once on behalf of a component, which is drawn again when it is there; again on demand. */
export class Reading {
  /** What was read; undefined until then. */
  data;
  /** Why it could not be read. */
  problem;

  #host;
  #read;
  #request;

  /**
   * @param host the component; told `signed-out` when nobody is signed in
   * @param {(signal: AbortSignal) => Promise<any>} read
   */
  constructor(host, read) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostConnected() {
    this.again();
  }

  hostDisconnected() {
    this.#request?.abort();
  }

  async again() {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    try {
      this.data = await this.#read(request.signal);
      this.problem = undefined;
    } catch (problem) {
      if (request.signal.aborted) return;
      this.problem = problem;
      tellSignedOut(this.#host, problem);
    }
    this.#host.requestUpdate();
  }
}

/** The page shows how to sign in when that is what is wrong. */
export function tellSignedOut(host, problem) {
  if (problem instanceof SignedOut) host.dispatchEvent(new CustomEvent('signed-out', { bubbles: true, composed: true }));
}
