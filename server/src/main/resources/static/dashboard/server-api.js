import { noteTimeOf } from './server-clock.js';

const SERVER = new URL('../', import.meta.url);
const STATE_CHANGING_HEADER = 'X-XSRF-TOKEN';

/** The server answers only to someone signed in. */
export class SignedOut extends Error {}

/** The server refused or failed: `message` is a sentence fit to be shown, `field` the path of what is wrong. */
export class RequestProblem extends Error {
  constructor(message, status, field = undefined) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/** The address of a path below `/api/v1/`. */
export const addressOf = (path) => new URL(`api/v1/${path}`, SERVER);

/**
 * Reads one JSON answer of the reading API.
 *
 * @param {string} path below `/api/v1/`
 * @param {Object<string, string|undefined>} parameters absent ones are left out
 * @param {AbortSignal} [signal] ends the request
 * @param {RequestCache} [cache] `default` where an answer that the server has kept will do
 */
export function readJson(path, parameters = {}, signal = undefined, cache = 'no-store') {
  const url = addressOf(path);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return read(url, signal, cache);
}

/** Reads the description of the API. */
export const readOpenApi = (signal) => read(new URL('v3/api-docs', SERVER), signal, 'default');

async function read(url, signal, cache) {
  const response = await send(url, { headers: { Accept: 'application/json' }, signal, cache });
  if (response.status === 401) throw new SignedOut('Signed out');
  if (!response.ok) throw await toProblem(response);
  return response.json();
}

/**
 * Sends a document, and reads what is answered; undefined when that is nothing.
 *
 * @param {'POST'|'PUT'|'DELETE'} method
 * @param {string} path below `/api/v1/`
 * @param {object} [document]
 * @param {AbortSignal} [signal] ends the request
 */
export async function sendJson(method, path, document = undefined, signal = undefined) {
  const response = await send(addressOf(path), {
    method,
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      [STATE_CHANGING_HEADER]: await readForgeryToken(),
    },
    body: document === undefined ? undefined : JSON.stringify(document),
    signal,
  });
  if (response.status === 401) throw new SignedOut('Signed out');
  if (!response.ok) throw await toProblem(response);
  return response.status === 204 ? undefined : response.json();
}

/** Exchanges a one-time token for a session. */
export async function signIn(token) {
  const response = await post('login/ott', new URLSearchParams({ token }));
  if (response.status === 401) throw new SignedOut('The link was used already or has expired');
  if (!response.ok) throw await toProblem(response);
}

export async function signOut() {
  const response = await post('logout');
  if (!response.ok && response.status !== 401) throw await toProblem(response);
}

async function post(path, body = undefined) {
  return send(new URL(path, SERVER), {
    method: 'POST',
    headers: { [STATE_CHANGING_HEADER]: await readForgeryToken() },
    body,
  });
}

async function send(url, options) {
  try {
    const response = await fetch(url, { cache: 'no-store', credentials: 'same-origin', ...options });
    if (options.cache !== 'default') noteTimeOf(response);
    return response;
  } catch (failure) {
    if (!options.signal?.aborted) throw new RequestProblem('The server does not answer.', 0);
    if (options.signal.reason?.name !== 'TimeoutError') throw failure;
    throw new RequestProblem('The answer takes too long.', 0);
  }
}

/** The cookie comes with any answer; without it, one is asked for. */
async function readForgeryToken() {
  const known = findCookie('XSRF-TOKEN');
  if (known !== undefined) return known;
  await send(new URL('api/v1/session', SERVER), {});
  return findCookie('XSRF-TOKEN') ?? '';
}

function findCookie(name) {
  const pair = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
  return pair === undefined ? undefined : decodeURIComponent(pair.slice(name.length + 1));
}

async function toProblem(response) {
  const problem = await response.json().catch(() => ({}));
  const message = problem.detail ?? problem.title ?? `The server answered ${response.status}.`;
  return new RequestProblem(message.endsWith('.') ? message : `${message}.`, response.status, problem.field);
}
