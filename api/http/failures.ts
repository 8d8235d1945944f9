import { problem } from '../problems';
import type { Answer } from './answers';

/** PostgreSQL's own codes for "not now": shutting down, starting, crashed, no room, took too long. */
const NOT_NOW = /^(08|57P0|53300|57014)/;
const NOT_REACHED = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'];
const CUT_OFF =
  /Connection (terminated|ended)|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** Whether an error says that PostgreSQL is not there, rather than that something is wrong with us. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (NOT_REACHED.includes(code) || NOT_NOW.test(code))) return true;
  if (error.name === 'KnexTimeoutError' || CUT_OFF.test(error.message)) return true;
  return error instanceof AggregateError && error.errors.some(isDatabaseAway);
}

/** What a caller is told of an error that nobody expected; nothing of its inside leaves. */
export function failure(error: unknown): Answer {
  if (isDatabaseAway(error)) {
    const detail = 'The database cannot be reached right now.';
    return problem('database-unavailable', { detail });
  }
  return problem('internal', { detail: 'This should not have happened; it has been logged.' });
}
