import type { Command } from '../../machines/events';
import type { Fact } from '../../machines/facts';
import type { StoredOrder } from '../../machines/history';
import { isLineOf } from '../../machines/partners/lines';
import { ordersOf, preview } from '../../machines/step';
import { agreed } from '../../machines/state';
import { factsForPartner } from '../../machines/views/partner-order';
import { viewChanges } from '../../machines/views/preview';
import { actorOf } from '../auth';
import { answer, type Answer } from '../http/answers';
import type { Caller } from '../http/call';
import { refused } from '../problems';
import type { Services } from '../services';
import { etagOf, refusalFor, shownTo } from '../shown-order';

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
  if (foreseen.outcome === 'refused') return refused(refusalFor(caller, foreseen.refusal));
  const changed = foreseen.outcome === 'accepted';
  const after = changed ? foreseen.state : state;
  const shopAfter = changed ? (foreseen.shop ?? shop) : shop;
  const body = {
    preview: true,
    outcome: foreseen.outcome,
    order: shownTo(caller, { ...order, state: after, shop: shopAfter }),
    changes: changesFor(
      caller,
      order,
      { state: after, shop: shopAfter },
      changed ? foreseen.facts : [],
    ),
  };
  return answer(200, body, { ETag: etagOf(order) });
}

/** A partner is told of its own lines, and not of the waits that the shop's money causes. */
function changesFor(
  { role, partner }: Caller,
  { shop, state }: StoredOrder,
  after: Pick<StoredOrder, 'state' | 'shop'>,
  facts: readonly Fact[],
) {
  if (role !== 'partner') return viewChanges(shop, state, after.state, facts, after.shop);
  const { lines } = agreed(state.context);
  const own = lines.map(({ id }) => id).filter((id) => isLineOf(state.context, id, partner ?? ''));
  const changes = viewChanges(shop, state, after.state, factsForPartner(facts, own));
  return { ...changes, timers: { starts: [], ends: [] } };
}
