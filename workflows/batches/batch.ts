import {
  allHandlersFinished,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../../activities';
import { batchSignal } from '../messages';
import { options } from '../options';

const { workOnBatch } = proxyActivities<Pick<Activities, 'workOnBatch'>>(options.batch);

/**
 * One command on its way to many orders, part by part until none is left. Which orders, and what became
 * of it at each, is in the database; whoever puts some back in line wakes it.
 */
export async function batch(id: string): Promise<string> {
  let isWoken = false;
  setHandler(batchSignal, () => {
    isWoken = true;
  });
  for (;;) {
    const { total, left } = await workOnBatch(id);
    const says = `${total - left} of ${total} orders`;
    setCurrentDetails(says);
    // Orders put back in line while the last part was counted are worked on as well.
    if (left === 0 && !isWoken) return says;
    isWoken = false;
    if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
      await continueAsNew<typeof batch>(id);
    }
  }
}
