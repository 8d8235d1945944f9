import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Carry } from './carry';
import {
  actionsQuery,
  commandSignal,
  commandUpdate,
  placeUpdate,
  reportSignal,
  stateQuery,
  wakeSignal,
  type OrderInput,
} from './messages';
import { OrderRun } from './order-run';
import { checkCommand, checkPlacement } from './validators';

/**
 * The life of one order: takes its messages one at a time, lets the machine decide each, writes what
 * was decided and does what it obliges to. Ends when nothing is due; a later message wakes it from
 * the database.
 */
export async function order(input: OrderInput, carry?: Carry): Promise<void> {
  const run = new OrderRun(input, carry);
  setHandler(placeUpdate, (placement, sender) => run.place(placement, sender), {
    validator: checkPlacement(input.shop),
  });
  setHandler(commandUpdate, (command, sender) => run.command(command, sender), {
    validator: checkCommand,
  });
  setHandler(commandSignal, (command, sender) => run.signalled(command, sender));
  setHandler(reportSignal, (report, from) => run.reported(report, from));
  setHandler(wakeSignal, () => run.wake());
  setHandler(stateQuery, () => run.state);
  setHandler(actionsQuery, () => run.actions());

  // "Request Cancellation" in the Temporal Web UI would end the order's clock with money in flight: an
  // order is cancelled by its command.
  const next = await CancellationScope.nonCancellable(() => live(run, carry !== undefined));
  if (next) await continueAsNew<typeof order>({ ...input, shop: next.shop }, next);
}

/**
 * Lives until nothing is due, or until the history is long or the order moved to another table: then
 * gives what the next run takes along.
 */
async function live(run: OrderRun, isContinued: boolean): Promise<Carry | undefined> {
  const mayContinue = () =>
    (run.isRenewed || workflowInfo().continueAsNewSuggested) && allHandlersFinished();
  const mayEnd = () => run.isAtRest && allHandlersFinished();

  // The message that started this run arrives right after its first step.
  if (!isContinued) await condition(() => run.hasMail);
  for (;;) {
    while (run.hasMail || run.isDue) await run.turn();
    run.show();
    run.setAlarm();
    await condition(() => run.hasMail || run.isDue || run.hasRung || mayEnd() || mayContinue());
    if (run.hasMail || run.isDue || run.hasRung) continue;
    return mayEnd() ? undefined : run.carry();
  }
}
