import { readOpenApi } from '../dashboard/server-api.js';

/**
 * The questions that the description of the API gives as examples: `{name, summary, document}`.
 *
 * @param {AbortSignal} signal ends the request
 */
export async function readExamples(signal) {
  const description = await readOpenApi(signal);
  const body = description.paths['/api/v1/questions'].post.requestBody.content['application/json'];
  return Object.entries(body.examples).map(([name, { summary, value }]) => ({ name, summary, document: value }));
}
