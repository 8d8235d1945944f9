import { ApplicationFailure } from '@temporalio/common';
import { DatabaseError } from 'pg';
import { GatewayMisuse } from './gateways/sandbox';

/** A mistake of ours, which trying again cannot mend: the activity fails at once, with a sentence. */
export function mistake(type: string, message: string, cause?: Error): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true, cause });
}

/** Errors that say the program is wrong, not the world. */
const bugs = [TypeError, ReferenceError, RangeError, SyntaxError, GatewayMisuse];

/** What PostgreSQL says of data that it cannot take: of its form (22), of its constraints (23), of its size (54). */
const BAD_DATA = /^(22|23|54)\w{3}$/;

/** What PostgreSQL refused, without the row and the values it quotes: failures are logged and kept in histories. */
class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
  readonly code: string;

  constructor({ code = 'no code', constraint, table, column }: DatabaseError) {
    const parts = Object.entries({ constraint, table, column });
    const where = parts.flatMap(([name, value]) => (value === undefined ? [] : `${name} ${value}`));
    super([`PostgreSQL error ${code}`, ...where].join(', '));
    this.code = code;
  }
}

/** Lets the world's errors be tried again, and fails at once on the program's own. */
export async function retryTheWorld<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const shown = withoutValues(error);
    throw isMistake(shown) ? mistake(shown.name, shown.message, shown) : shown;
  }
}

function withoutValues(error: unknown): unknown {
  if (error instanceof DatabaseError) return new DatabaseFailure(error);
  // When no connection is free, knex throws with all that the statement was to write.
  if (error instanceof Error) Reflect.deleteProperty(error, 'bindings');
  return error;
}

function isMistake(error: unknown): error is Error {
  if (error instanceof DatabaseFailure) return BAD_DATA.test(error.code);
  return bugs.some((bug) => error instanceof bug);
}
