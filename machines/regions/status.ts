import { and } from 'xstate';
import * as apply from '../deciding/apply';
import { recordEffectAnswer } from '../calls/answering';
import { refusalOf } from '../deciding/asking';
import { note, type Draft } from '../deciding/draft';
import { RESERVATION, STUCK, UNPAID } from '../deciding/due';
import { place } from '../placing';
import type { EventOf, OrderEvent } from '../events';
import { askAgain, askProvider, recordDelivery, recordFailedDelivery } from '../fulfilment/digital';
import { setLineStatus } from '../fulfilment/lines';
import { typesOfProvider } from '../fulfilment/requests';
import { editNote } from '../notes/editing';
import { lapse, recordArrival } from '../fulfilment/reservation';
import { confirmPayment } from '../payment/confirming';
import { recordOutside } from '../payment/recording';
import { acceptHandOver, declineHandOver } from '../partners/answering';
import { handOver, handOverOwed } from '../partners/handing';
import { escalate, remind } from '../partners/rerouting';
import { recordReconciled } from '../reconciling/command';
import { recordUnreachable } from '../reports/partners';
import { recordMessageFailed } from '../reports/messages';
import { authoriseReturn, closeReturn, declineReturn, remindOfReturn } from '../returns/answering';
import { decideExchange, exchangePlaced, exchangeRefused } from '../exchange/exchanging';
import { receiveReturn } from '../returns/receiving';
import { requestReturn } from '../returns/requesting';
import { PLACING, UNPLACED, WITHDRAWN } from '../state';
import { alertOfRefused } from '../tasks/refused';
import type { Shop } from '../table';
import { resolveTask } from '../tasks/resolving';
import { alertStuck } from '../tasks/stuck';
import { sendMessage } from '../telling/sending';
import type { UndoableCommand } from '../undoing/rule';
import { endWaiting, isUndoable, startWaiting, undo } from '../undoing/waiting';
import type { Kit } from './kit';

/** Commands and reports whose whole meaning is what they write; where they lead is told by what is then true. */
const recorders: {
  readonly [T in OrderEvent['type']]?: (draft: Draft, event: EventOf<T>, status: string) => void;
} = {
  'set-line-status': setLineStatus,
  'record-shipping-event': apply.recordShipment,
  'take-payment': apply.takePayment,
  'send-downloads': askAgain,
  'digital.delivered': recordDelivery,
  'digital.failed': recordFailedDelivery,
  refund: apply.refund,
  void: apply.voidPayments,
  'record-payment-event': recordOutside,
  'confirm-payment': confirmPayment,
  undo,
  cancel: apply.cancel,
  'hand-over': handOver,
  'accept-hand-over': acceptHandOver,
  'decline-hand-over': declineHandOver,
  'partner.reminded': remind,
  'partner.escalated': escalate,
  'partner.unreachable': recordUnreachable,
  'request-return': requestReturn,
  'authorise-return': authoriseReturn,
  'decline-return': declineReturn,
  'receive-return': receiveReturn,
  'close-return': closeReturn,
  exchange: decideExchange,
  'exchange.placed': exchangePlaced,
  'exchange.refused': exchangeRefused,
  'add-note': (draft, { text }) => note(draft, text, false),
  'edit-note': editNote,
  'send-message': sendMessage,
  'resolve-task': resolveTask,
  reconcile: recordReconciled,
  'command.refused': alertOfRefused,
  'message.failed': recordMessageFailed,
  'stock.allocated': recordArrival,
  'record-print': (draft, { document, shippingEvent }) =>
    void draft.facts.push({ type: 'printed', document, shippingEvent }),
};

type Recorder = (draft: Draft, event: OrderEvent, status: string) => void;

/** Where the shop lets a command be undone it waits; undefined where it is done at once. */
function waitsFirst(shop: Shop, type: string): Recorder | undefined {
  if (!isUndoable(type as OrderEvent['type']) || !shop.undo?.[type as UndoableCommand])
    return undefined;
  return (draft, event) => startWaiting(draft, event as EventOf<UndoableCommand>);
}

/** Does what has waited, if it may still be done. */
function doWaiting(draft: Draft, deadline: EventOf<'deadline'>, status: string): void {
  endWaiting(draft, deadline, {
    refusalOf: ({ shop, context }, event) => refusalOf({ shop, context, status, event }),
    record: (own, event) => (recorders[event.type] as Recorder)(own, event, status),
  });
}

function moveTo({ act }: Kit, from: string, to: string) {
  return { target: to, actions: act((draft) => apply.enterStatus(draft, from, to)) };
}

/** Whatever happened: the provider is asked as soon as it can fulfil something. */
function askingProvider({ shop, act }: Kit, status: string) {
  const isEver = typesOfProvider(shop).some((type) =>
    shop.shippingEvents[type]?.during.includes(status),
  );
  if (!isEver) return [];
  return [
    {
      guard: { type: 'isOwedToProvider' as const, params: { status } },
      actions: act((draft) => askProvider(draft, status)),
    },
  ];
}

/** Whatever happened: partners are asked as soon as they are owed it and no hold keeps the goods in. */
function handingOver({ shop, act }: Kit) {
  if (!shop.partners) return [];
  return [{ guard: 'isHandOverDue' as const, actions: act(handOverOwed) }];
}

/** An answer of one of the shop's own effects may lead on; where it cannot, it is written all the same. */
function effectAnswers(kit: Kit, status: string) {
  const { shop, act, accepts } = kit;
  const write = act((draft, event) =>
    recordEffectAnswer(draft, event as EventOf<'effect.done' | 'effect.failed'>, status),
  );
  const answers = (type: 'effect.done' | 'effect.failed') => [
    ...(shop.orders.statuses[status]?.next ?? []).map((to) => {
      const { target, actions } = moveTo(kit, status, to);
      const leads = { type: 'leadsTo' as const, params: { status, to } };
      return { target, guard: and([accepts(type, status), leads]), actions: [write, actions] };
    }),
    { guard: accepts(type, status), actions: write },
  ];
  return { 'effect.done': answers('effect.done'), 'effect.failed': answers('effect.failed') };
}

/** One status of the shop's pipeline: what it takes, where it goes when asked, and where by itself. */
function statusNode(kit: Kit, status: string) {
  const { shop, build, act, accepts } = kit;
  const rule = shop.orders.statuses[status];
  const commands = Object.entries(recorders).map(([type, record]) => {
    const guard = accepts(type as OrderEvent['type'], status);
    const write = waitsFirst(shop, type) ?? (record as Recorder);
    return [type, { guard, actions: act((draft, event) => write(draft, event, status)) }] as const;
  });
  const byItself = [
    { to: rule?.whenCancelled, guard: 'everythingCancelled' as const },
    { to: rule?.whenPaid, guard: 'isPaid' as const },
    { to: rule?.whenShipped, guard: 'everythingDispatched' as const },
    { to: rule?.whenAccepted, guard: 'everythingAccepted' as const },
  ];
  const unpaid = rule?.whenUnpaid;
  const isDue = (name: string) =>
    and([{ type: 'isNamed', params: { name } }, accepts('deadline', status)]);
  return build.createStateConfig({
    always: [
      ...handingOver(kit),
      ...byItself.flatMap(({ to, guard }) =>
        to === undefined ? [] : [{ ...moveTo(kit, status, to), guard }],
      ),
      ...askingProvider(kit, status),
    ],
    on: {
      ...Object.fromEntries(commands),
      ...effectAnswers(kit, status),
      'set-status': (rule?.next ?? []).map((next) => ({
        target: next,
        guard: and([{ type: 'asksFor', params: { status: next } }, accepts('set-status', status)]),
        actions: [
          act((draft) => apply.enterStatus(draft, status, next)),
          act((draft, event) => apply.giveNote(draft, event as EventOf<'set-status'>)),
        ],
      })),
      deadline: [
        ...(unpaid ? [{ ...moveTo(kit, status, unpaid.to), guard: isDue(UNPAID) }] : []),
        { guard: isDue(RESERVATION), actions: act(lapse) },
        {
          guard: and(['isAboutWaiting', accepts('deadline', status)]),
          actions: act((draft, event) => doWaiting(draft, event as EventOf<'deadline'>, status)),
        },
        { guard: isDue(STUCK), actions: act((draft) => alertStuck(draft, status)) },
        {
          guard: and(['isAboutReturn', accepts('deadline', status)]),
          actions: act((draft, event) => remindOfReturn(draft, event as EventOf<'deadline'>)),
        },
      ],
    },
  });
}

/** The shop's pipeline, after the order was asked for and its cards have answered. */
export function statusRegion(kit: Kit) {
  const { shop, build, act, accepts } = kit;
  const statuses = Object.keys(shop.orders.statuses);
  return build.createStateConfig({
    initial: UNPLACED,
    states: {
      [UNPLACED]: {
        on: {
          place: {
            target: PLACING,
            guard: accepts('place', UNPLACED),
            actions: act((draft, event) => place(draft, event as EventOf<'place'>)),
          },
        },
      },
      [PLACING]: {
        on: {
          'stock.allocated': {
            actions: act((draft, event) =>
              recordArrival(draft, event as EventOf<'stock.allocated'>),
            ),
          },
        },
        always: [
          { target: WITHDRAWN, guard: 'placingIsGivenUp', actions: act(apply.withdraw) },
          ...statuses.map((status) => ({
            ...moveTo(kit, PLACING, status),
            guard: { type: 'placingIsDone' as const, params: { status } },
          })),
        ],
      },
      [WITHDRAWN]: {},
      ...Object.fromEntries(statuses.map((status) => [status, statusNode(kit, status)])),
    },
  });
}
