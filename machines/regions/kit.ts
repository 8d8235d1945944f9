import { and, setup } from 'xstate';
import { guardsOf } from '../deciding/asking';
import { conditionsOf, guardsFor } from '../deciding/conditions';
import { draftOf, type Draft } from '../deciding/draft';
import type { Effect } from '../effects';
import type { OrderEvent } from '../events';
import type { Fact } from '../facts';
import { effectOf } from '../payment/movements';
import type { OrderContext } from '../state';
import { endTasks } from '../tasks/ending';
import type { Shop } from '../table';

/** What an event writes into the order's memory. */
export type Writing = (draft: Draft, event: OrderEvent) => void;

/** What the regions of a shop's machine are built with: named guards, and actions that write or send. */
export function kitOf(shop: Shop) {
  const build = setup({
    types: {} as { context: OrderContext; events: OrderEvent },
    actions: {
      facts: (_, _params: { readonly facts: readonly Fact[] }) => undefined,
      effect: (_, _params: Effect) => undefined,
    },
    guards: {
      ...guardsFor(shop),
      ...conditionsOf(shop),
    },
  });
  return {
    shop,
    build,
    /** Writes, ends the tasks that this made untrue, and says what became true. */
    act: (record: Writing) =>
      build.enqueueActions(({ context, event, enqueue }) => {
        const draft = draftOf(shop, context, event);
        record(draft, event);
        endTasks(draft);
        enqueue.assign(draft.context);
        if (draft.facts.length > 0) enqueue({ type: 'facts', params: { facts: draft.facts } });
      }),
    /** Sends the first movement of money, or asks what became of it. */
    send: (type: Effect['type']) =>
      build.enqueueActions(({ context, enqueue }) => {
        enqueue({ type: 'effect', params: effectOf(context, type) });
      }),
    /** Passes an event that none of its guards objects to. */
    accepts: (type: OrderEvent['type'], status: string) =>
      and(
        guardsOf[type].map((name) => {
          // The compiler compares a union of names with at most 25 of them; all take the same.
          return { type: name as 'isDue', params: { status } };
        }),
      ),
  };
}

export type Kit = ReturnType<typeof kitOf>;
