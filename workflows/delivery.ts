import { ActivityFailure, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { Delivered, OutboxRow } from '../activities/delivery';
import { options } from './options';

const { deliver } = proxyActivities<Pick<Activities, 'deliver'>>(options.delivery);
const { giveUp, report } = proxyActivities<Pick<Activities, 'giveUp' | 'report'>>(
  options.reporting,
);

/** Delivers, for days if it must be; what cannot be delivered is ended in good order. */
async function deliverOrGiveUp(row: OutboxRow, summary: string): Promise<Delivered> {
  try {
    return await deliver.executeWithOptions({ ...options.delivery, summary }, [row]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const why = error.cause?.message ?? error.message;
    const ending = `give up ${summary}`;
    return giveUp.executeWithOptions({ ...options.reporting, summary: ending }, [row, why]);
  }
}

/** The way of one row of the outbox out of the house, and of what its order is to know of it back. */
export async function delivery(row: OutboxRow): Promise<string> {
  const { topic, kind, order } = row;
  const what = `${topic} ${kind}`;
  setCurrentDetails(`**On its way**: ${what} of order ${order}`);
  const { outcome, says, report: said } = await deliverOrGiveUp(row, what);
  if (said) {
    const summary = `tell order ${order}: ${said.type}`;
    await report.executeWithOptions({ ...options.reporting, summary }, [row, said]);
  }
  setCurrentDetails(`**${outcome}**: ${what} of order ${order}${says ? `: ${says}` : ''}`);
  return says ? `${outcome}: ${says}` : outcome;
}
