import type { components } from './api';

type Problem = components['schemas']['Problem'];

/** An answer of the API that is no success: an RFC 9457 problem, or a status alone where none could be read. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
  ) {
    super(problem?.detail ?? `The server answered ${status} without saying why.`);
  }
  get code(): Problem['code'] | undefined {
    return this.problem?.code;
  }
  get title(): string {
    return this.problem?.title ?? 'Something went wrong';
  }
}

/** No answer came: the network, or the server, is away. */
export class Offline extends Error {
  override readonly name = 'Offline';
  constructor() {
    super('No answer came from the server.');
  }
}

export function isProblem(error: unknown, ...statuses: readonly number[]): error is ProblemError {
  return (
    error instanceof ProblemError && (statuses.length === 0 || statuses.includes(error.status))
  );
}
