import { ApplicationFailure } from '@temporalio/common';
import { GatewayMisuse } from './gateway-client';

/** A mistake of ours, which trying again cannot mend: the activity fails at once, with a sentence. */
export function mistake(type: string, message: string, cause?: Error): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true, cause });
}

/** Errors that say the program is wrong, not the world. */
const bugs = [TypeError, ReferenceError, RangeError, SyntaxError, GatewayMisuse];

/** What PostgreSQL says of data that it cannot take: of its form (22), of its constraints (23), of its size (54). */
const BAD_DATA = /^(22|23|54)\w{3}$/;

function isMistake(error: unknown): error is Error {
  if (bugs.some((bug) => error instanceof bug)) return true;
  return error instanceof Error && 'code' in error && BAD_DATA.test(String(error.code));
}

/** Lets the world's errors be tried again, and fails at once on the program's own. */
export async function retryTheWorld<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isMistake(error) ? mistake(error.name, error.message, error) : error;
  }
}
