import { ApplicationFailure } from '@temporalio/common';

/** A mistake of ours, which trying again cannot mend: the activity fails at once, with a sentence. */
export function mistake(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, type);
}

/** Errors that say the program is wrong, not the world. */
const bugs = [TypeError, ReferenceError, RangeError, SyntaxError];

/** Lets the world's errors be tried again, and fails at once on the program's own. */
export async function retryTheWorld<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (bugs.some((bug) => error instanceof bug)) {
      const { name, message } = error as Error;
      throw ApplicationFailure.create({
        type: name,
        message,
        nonRetryable: true,
        cause: error as Error,
      });
    }
    throw error;
  }
}
