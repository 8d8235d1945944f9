import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './api';
import { Offline, ProblemError } from './problem';

export type Schemas = components['schemas'];

/** Cookies alone would let other sites' pages send commands: the API also wants this header, which they cannot send. */
const SENT_BY = { 'X-Conveyor': 'dashboard' };

const readProblems: Middleware = {
  async onResponse({ response }) {
    if (response.ok || response.status === 304) return undefined;
    const problem: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    throw new ProblemError(response.status, problem as Schemas['Problem'] | undefined);
  },
  onError: () => new Offline(),
};

/**
 * The API, typed by its own description: `await api.GET('/v1/orders/{number}', { params: { path: { number } } })`.
 *
 * It throws a ProblemError for every answer that is no success, and Offline where none came.
 */
export const api = createClient<paths>({
  baseUrl: '/',
  headers: SENT_BY,
  credentials: 'same-origin',
});
api.use(readProblems);

/** The data of an answer; a success always has some. */
export function dataOf<T>({ data }: { readonly data?: T }): T {
  if (data === undefined) throw new Error('The API answered without a body.');
  return data;
}
