import type { OrderEvent } from '../events';
import { leadsTo } from '../calls/answering';
import { isOwedToProvider } from '../fulfilment/digital';
import { everythingCancelled, everythingDispatched } from '../fulfilment/units';
import { isPaid } from '../payment/balance';
import { losesCover, paymentOfDeadline } from '../authorisations/expiring';
import { paymentOfRenewal } from '../authorisations/renewing';
import { everythingAccepted } from '../partners/lines';
import { isHandOverDue } from '../partners/handing';
import { endsInHold } from '../partners/rerouting';
import { returnOfDeadline } from '../returns/due';
import type { OrderContext } from '../state';
import type { MovementKind, Shop } from '../table';
import { waitingOfDeadline } from '../undoing/waiting';
import { objectionOf } from './asking';
import { guards, type GuardName } from '../guards';

/** Placing is over when every card has answered or nobody knows what it answered. */
function placingIsDone({ placement, placingFailed, movements }: OrderContext, status: string) {
  const awaited = movements.some(({ kind, asked }) => kind === 'authorise' && asked === 0);
  return placement?.status === status && !placingFailed && !awaited;
}

interface Situation {
  readonly context: OrderContext;
  readonly event: OrderEvent;
}

type NamedGuard = (situation: Situation, params: { status: string }) => boolean;

/** The guards by name, as the machine's transitions ask them. */
export function guardsFor(shop: Shop): Record<GuardName, NamedGuard> {
  const named = (Object.keys(guards) as GuardName[]).map((name): [GuardName, NamedGuard] => [
    name,
    ({ context, event }, { status }) =>
      objectionOf(name, { shop, status, context, event }) === undefined,
  ]);
  return Object.fromEntries(named) as Record<GuardName, NamedGuard>;
}

/** What decides where an accepted event leads; nobody is refused because of these. */
export function conditionsOf(shop: Shop) {
  return {
    everythingCancelled: ({ context }: Situation) => everythingCancelled(shop, context),
    everythingDispatched: ({ context }: Situation) => everythingDispatched(shop, context),
    everythingAccepted: ({ context }: Situation) => everythingAccepted(shop, context),
    isHandOverDue: ({ context }: Situation) => isHandOverDue(shop, context),
    losesPartner: ({ context, event }: Situation) => endsInHold(shop, context, event),
    isPaid: ({ context }: Situation) => isPaid(shop, context),
    placingIsDone: ({ context }: Situation, { status }: { status: string }) =>
      placingIsDone(context, status),
    placingIsGivenUp: ({ context }: Situation) =>
      context.placingFailed && context.movements.length === 0,
    isOwedToProvider: ({ context }: Situation, { status }: { status: string }) =>
      isOwedToProvider(shop, context, status),
    leadsTo: ({ context, event }: Situation, { status, to }: { status: string; to: string }) => {
      const leads = leadsTo(shop, context, status, event);
      return leads?.to === to && leads.refusal === undefined;
    },
    asksFor: ({ event }: Situation, { status }: { status: string }) =>
      event.type === 'set-status' && event.status === status,
    isNamed: ({ event }: Situation, { name }: { name: string }) =>
      event.type === 'deadline' && event.name === name,
    losesCover: ({ context, event }: Situation) =>
      event.type === 'deadline' && losesCover(shop, context, paymentOfDeadline(event.name)),
    isAboutAuthorisation: ({ event }: Situation) =>
      event.type === 'deadline' && paymentOfDeadline(event.name) !== undefined,
    isAboutWaiting: ({ event }: Situation) =>
      event.type === 'deadline' && waitingOfDeadline(event.name) !== undefined,
    isAboutRenewal: ({ event }: Situation) =>
      event.type === 'deadline' && paymentOfRenewal(event.name) !== undefined,
    isAboutReturn: ({ event }: Situation) =>
      event.type === 'deadline' && returnOfDeadline(event.name) !== undefined,
    isNext: ({ context }: Situation, { kind }: { kind: MovementKind }) =>
      context.movements[0]?.kind === kind && context.movements[0].askAt === undefined,
    isUnknown: ({ context }: Situation) => context.movements[0]?.askAt !== undefined,
    nothingWasSent: ({ context }: Situation) => {
      const [movement] = context.movements;
      return movement?.command !== undefined && movement.asked === 0;
    },
  };
}
