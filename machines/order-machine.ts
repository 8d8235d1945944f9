import { and, setup } from 'xstate';
import * as apply from './deciding/apply';
import { draftOf, note, type Draft } from './deciding/draft';
import { guardsOf } from './deciding/asking';
import { conditionsOf, guardsFor } from './deciding/conditions';
import { place } from './deciding/placing';
import { ASK, HOLD_ENDS, UNPAID } from './deciding/due';
import { answers as answerOf, type Effect } from './effects';
import type { EventOf, OrderEvent } from './events';
import type { Fact } from './facts';
import { cancel } from './fulfilment/cancelling';
import { setLineStatus } from './fulfilment/lines';
import { effectOf, recordFailed, recordMoved, recordUnknown } from './payment/movements';
import { recordOutside } from './payment/recording';
import {
  emptyContext,
  PLACING,
  UNPLACED,
  WITHDRAWN,
  type OrderContext,
  type PaymentPhase,
} from './state';
import type { MovementKind, Shop } from './table';

/** Which payment phase a movement is in while its answer is awaited. */
const phases = {
  authorise: 'authorising',
  capture: 'capturing',
  refund: 'refunding',
  void: 'voiding',
} as const satisfies Record<MovementKind, PaymentPhase>;

const kinds = Object.keys(phases) as MovementKind[];

/** Commands whose whole meaning is what they write; where they lead is told by what is then true. */
const recorders: {
  readonly [T in OrderEvent['type']]?: (draft: Draft, event: EventOf<T>) => void;
} = {
  'set-line-status': setLineStatus,
  'record-shipping-event': apply.recordShipment,
  'take-payment': apply.takePayment,
  refund: apply.refund,
  void: apply.voidPayments,
  'record-payment-event': recordOutside,
  cancel,
  'add-note': (draft, { text }) => note(draft, text, false),
};

/**
 * Compiles a shop's table to the machine of its orders: three regions side by side, the status
 * pipeline, the money in flight, and the hold. Pure: events go in, `facts` and `effect` actions come out.
 */
export function createOrderMachine(shop: Shop) {
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

  const act = (record: (draft: Draft, event: OrderEvent) => void) =>
    build.enqueueActions(({ context, event, enqueue }) => {
      const draft = draftOf(shop, context, event);
      record(draft, event);
      enqueue.assign(draft.context);
      if (draft.facts.length > 0) enqueue({ type: 'facts', params: { facts: draft.facts } });
    });

  const send = (type: Effect['type']) =>
    build.enqueueActions(({ context, enqueue }) => {
      enqueue({ type: 'effect', params: effectOf(context, type) });
    });

  const accepts = (type: OrderEvent['type'], status: string) =>
    and(guardsOf[type].map((name) => ({ type: name, params: { status } })));

  const moveTo = (from: string, to: string) => ({
    target: to,
    actions: act((draft) => apply.enterStatus(draft, from, to)),
  });

  const statusNode = (status: string) => {
    const rule = shop.orders.statuses[status];
    const commands = Object.entries(recorders).map(([type, record]) => [
      type,
      {
        guard: accepts(type as OrderEvent['type'], status),
        actions: act(record as (draft: Draft, event: OrderEvent) => void),
      },
    ]);
    const byItself = [
      { to: rule?.whenCancelled, guard: 'everythingCancelled' as const },
      { to: rule?.whenPaid, guard: 'isPaid' as const },
      { to: rule?.whenShipped, guard: 'everythingDispatched' as const },
    ];
    const unpaid = rule?.whenUnpaid;
    return build.createStateConfig({
      always: byItself.flatMap(({ to, guard }) =>
        to === undefined ? [] : [{ ...moveTo(status, to), guard }],
      ),
      on: {
        ...Object.fromEntries(commands),
        'set-status': (rule?.next ?? []).map((next) => ({
          target: next,
          guard: and([
            { type: 'asksFor', params: { status: next } },
            accepts('set-status', status),
          ]),
          actions: [
            act((draft) => apply.enterStatus(draft, status, next)),
            act((draft, event) => apply.giveNote(draft, event as EventOf<'set-status'>)),
          ],
        })),
        ...(unpaid && {
          deadline: {
            ...moveTo(status, unpaid.to),
            guard: and([
              { type: 'isNamed', params: { name: UNPAID } },
              accepts('deadline', status),
            ]),
          },
        }),
      },
    });
  };

  const statuses = Object.keys(shop.orders.statuses);
  const moved = act((draft, event) =>
    recordMoved(draft, event as Parameters<typeof recordMoved>[1]),
  );
  const failed = act((draft, event) => {
    const [code, message] =
      event.type === 'payment.declined'
        ? [event.code, event.message]
        : ['unreachable', (event as EventOf<'payment.unreachable'>).why];
    const wasPlacing = draft.context.statusSince === '';
    recordFailed(draft, code, message);
    if (wasPlacing && draft.context.placement) apply.giveUpPlacing(draft);
  });
  const unknown = act((draft, event) =>
    recordUnknown(draft, (event as EventOf<'payment.unknown'>).why),
  );
  const answered = accepts('payment.unknown', '');

  const answers = (answer: OrderEvent['type'][]) => ({
    ...Object.fromEntries(
      answer.map((type) => [type, { target: 'idle', guard: answered, actions: moved }]),
    ),
    'payment.declined': { target: 'idle', guard: answered, actions: failed },
    'payment.unreachable': [
      { target: 'idle', guard: and([answered, 'nothingWasSent']), actions: failed },
      { target: 'outcome unknown', guard: answered, actions: unknown },
    ],
    'payment.unknown': { target: 'outcome unknown', guard: answered, actions: unknown },
  });

  const expiry = {
    guard: and(['isAboutAuthorisation', accepts('deadline', '')]),
    actions: act((draft, event) => apply.expireAuthorisation(draft, event as EventOf<'deadline'>)),
  };

  return build.createMachine({
    id: 'order',
    type: 'parallel',
    context: emptyContext,
    states: {
      status: {
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
            always: [
              { target: WITHDRAWN, guard: 'placingIsGivenUp', actions: act(apply.withdraw) },
              ...statuses.map((status) => ({
                ...moveTo(PLACING, status),
                guard: { type: 'placingIsDone' as const, params: { status } },
              })),
            ],
          },
          [WITHDRAWN]: {},
          ...Object.fromEntries(statuses.map((status) => [status, statusNode(status)])),
        },
      },
      payment: {
        initial: 'idle',
        states: {
          idle: {
            always: [
              { target: 'outcome unknown', guard: 'isUnknown' },
              ...kinds.map((kind) => ({
                target: phases[kind],
                guard: { type: 'isNext' as const, params: { kind } },
              })),
            ],
          },
          ...Object.fromEntries(
            kinds.map((kind) => [
              phases[kind],
              { entry: send('move-money'), on: answers([answerOf[kind]]) },
            ]),
          ),
          'outcome unknown': {
            on: {
              ...answers(kinds.map((kind) => answerOf[kind])),
              deadline: {
                guard: and([{ type: 'isNamed', params: { name: ASK } }, accepts('deadline', '')]),
                actions: send('settle-money'),
              },
            },
          },
        },
      },
      hold: {
        initial: 'free',
        states: {
          free: {
            on: {
              hold: {
                target: 'held',
                guard: accepts('hold', ''),
                actions: act((draft, event) => apply.hold(draft, event as EventOf<'hold'>)),
              },
              deadline: { target: 'held', ...expiry },
            },
          },
          held: {
            on: {
              'release-hold': {
                target: 'free',
                guard: accepts('release-hold', ''),
                actions: act(apply.releaseHold),
              },
              deadline: [
                {
                  target: 'free',
                  guard: and([
                    { type: 'isNamed', params: { name: HOLD_ENDS } },
                    accepts('deadline', ''),
                  ]),
                  actions: act(apply.releaseHold),
                },
                expiry,
              ],
            },
          },
        },
      },
    },
  });
}

export type OrderMachine = ReturnType<typeof createOrderMachine>;
