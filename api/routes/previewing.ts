import type { Command } from '../../machines/events';
import type { StoredOrder } from '../../machines/history';
import { ordersOf, preview } from '../../machines/step';
import { viewChanges } from '../../machines/views/preview';
import { actorOf } from '../auth';
import { answer, type Answer } from '../http/answers';
import type { Caller } from '../http/call';
import { refused } from '../problems';
import type { Services } from '../services';
import { etagOf, shownTo } from '../shown-order';

interface Asked {
  readonly command: Command;
  readonly caller: Caller;
  readonly id: string;
}

/** What a command would do to an order as it is, if every gateway were willing. */
export function previewOf(
  { now }: Services,
  order: StoredOrder,
  { command, caller, id }: Asked,
): Answer {
  const { shop, state } = order;
  const event = { ...command, id, at: now(), actor: actorOf(caller) };
  const foreseen = preview(ordersOf(shop), state, event);
  if (foreseen.outcome === 'refused') return refused(foreseen.refusal);
  const changed = foreseen.outcome === 'accepted';
  const after = changed ? foreseen.state : state;
  const body = {
    preview: true,
    outcome: foreseen.outcome,
    order: shownTo(caller, { ...order, state: after }),
    changes: viewChanges(shop, state, after, changed ? foreseen.facts : []),
  };
  return answer(200, body, { ETag: etagOf(order) });
}
