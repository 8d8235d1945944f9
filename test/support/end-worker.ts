import type { Worker } from '@temporalio/worker';

/**
 * Ends a worker and waits until it has ended. One that ends in the middle of its work may find a reference
 * to itself that the SDK has not let go of yet ("Worker still in use"): it has ended all the same.
 */
export async function endWorker(worker: Worker, running: Promise<void>): Promise<void> {
  worker.shutdown();
  await running.catch((error: unknown) => {
    if (!String(error).includes('still in use')) throw error;
  });
}
