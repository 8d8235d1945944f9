import {
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../../activities';
import { isOver, nextOf, type Next } from '../../machines/partners/due';
import { told, watchingDetails, watchingSummary } from '../../machines/views/watching';
import { newsSignal, type FulfilmentInput } from '../messages';
import { options } from '../options';
import { Alarm } from '../running/alarm';

const { lookAtHandOvers } = proxyLocalActivities<Pick<Activities, 'lookAtHandOvers'>>(
  options.database,
);
const { tellOfPartner } = proxyActivities<Pick<Activities, 'tellOfPartner'>>(options.reporting);

/**
 * One partner's part in one order: whenever the partner has let a time pass, the order is told, and decides
 * what follows. Ends when the order waits for nothing from the partner; news of a hand-over has it look
 * again, or starts it again.
 */
export async function fulfilment(input: FulfilmentInput): Promise<string> {
  let hasNews = false;
  setHandler(newsSignal, () => {
    hasNews = true;
  });
  const alarm = new Alarm();
  const reported: Next[] = [];

  /** Looks once, and tells or waits; true when nothing is waited for any more. */
  async function turn(): Promise<boolean> {
    hasNews = false;
    alarm.rang = false;
    const outlook = await lookAtHandOvers(input);
    if (!outlook || isOver(outlook.handOvers)) return !hasNews;
    // What was told a moment ago may not be written yet.
    const handOvers = told(outlook.handOvers, reported);
    const next = nextOf(outlook.rule, handOvers, outlook.terms);
    setCurrentDetails(watchingDetails(input.partner, handOvers, next));
    if (next && Date.parse(next.at) <= Date.now()) {
      const summary = `tell order ${input.order}: ${watchingSummary(next)}`;
      await tellOfPartner.executeWithOptions({ ...options.reporting, summary }, [input, next]);
      reported.push(next);
      return false;
    }
    if (next) alarm.set(Date.parse(next.at), Date.now(), watchingSummary(next));
    await condition(() => hasNews || alarm.rang || workflowInfo().continueAsNewSuggested);
    return false;
  }

  // "Request Cancellation" in the Temporal Web UI would leave a silent partner unnoticed.
  return CancellationScope.nonCancellable(async () => {
    while (!(await turn())) {
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof fulfilment>(input);
    }
    const says = 'Nothing is waited for any more.';
    setCurrentDetails(says);
    return says;
  });
}
