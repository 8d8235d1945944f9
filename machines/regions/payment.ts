import { and } from 'xstate';
import { giveUpPlacing } from '../deciding/apply';
import type { Draft } from '../deciding/draft';
import { ASK } from '../deciding/due';
import { answers as answerOf } from '../effects';
import type { EventOf, OrderEvent } from '../events';
import { recordFailed, recordMoved, recordUnknown } from '../payment/answers';
import { renewAuthorisation } from '../authorisations/renewing';
import { settleByHand } from '../payment/settling';
import { recordTold } from '../reports/gateway';
import type { PaymentPhase } from '../state';
import type { MovementKind } from '../table';
import type { Kit } from './kit';

/** Which payment phase a movement is in while its answer is awaited. */
const phases = {
  authorise: 'authorising',
  capture: 'capturing',
  refund: 'refunding',
  void: 'voiding',
} as const satisfies Record<MovementKind, PaymentPhase>;

const kinds = Object.keys(phases) as MovementKind[];

/** A "no" that ends a movement; while the order is being placed, a card's "no" ends the placing. */
function fail(draft: Draft, event: OrderEvent): void {
  const [code, message] =
    event.type === 'payment.declined'
      ? [event.code, event.message]
      : ['unreachable', (event as EventOf<'payment.unreachable'>).why];
  const [movement] = draft.context.movements;
  const placing = draft.context.statusSince === '' && movement?.kind === 'authorise';
  recordFailed(draft, code, message);
  if (placing) giveUpPlacing(draft, movement.cause);
}

/** The money in flight: one movement at a time, and none while another's outcome is unknown. */
export function paymentRegion({ build, act, send, accepts }: Kit) {
  const moved = act((draft, event) =>
    recordMoved(draft, event as Parameters<typeof recordMoved>[1]),
  );
  const failed = act(fail);
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
  const told = act((draft, event) => recordTold(draft, event as EventOf<'gateway.told'>));
  const settle = act((draft, event) => settleByHand(draft, event as EventOf<'settle-movement'>));
  const renew = act((draft, event) => renewAuthorisation(draft, event as EventOf<'deadline'>));
  return build.createStateConfig({
    initial: 'idle',
    on: {
      'gateway.told': { guard: accepts('gateway.told', ''), actions: told },
      deadline: { guard: and(['isAboutRenewal', accepts('deadline', '')]), actions: renew },
    },
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
          'settle-movement': {
            target: 'idle',
            guard: accepts('settle-movement', ''),
            actions: settle,
          },
          deadline: {
            guard: and([{ type: 'isNamed', params: { name: ASK } }, accepts('deadline', '')]),
            actions: send('settle-money'),
          },
        },
      },
    },
  });
}
