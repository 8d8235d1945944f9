import { nextNumber } from '../../db/numbers';
import { fingerprintOf } from '../../db/placed/fingerprint';
import { findOrder } from '../found-order';
import type { StoredOrder } from '../../machines/history';
import { preview, unplaced } from '../../machines/step';
import { attributesOf } from '../../machines/views/attributes';
import { WHEN_TAKEN } from '../../workflows/messages';
import { actorOf } from '../auth';
import { call, type Call, type Incoming } from '../http/call';
import { answer, type Answer } from '../http/answers';
import { invalid } from '../http/request';
import { faultsOfSent, normalPlacement } from '../placements';
import { problem, refused } from '../problems';
import { pendingCommand } from '../schemas/answers';
import { shownOrder } from '../schemas/orders';
import { placeRequest, type PlaceRequest } from '../schemas/placing';
import type { Services } from '../services';
import { addressOf, orderAnswer, shownTo } from '../shown-order';
import { commandAddress, notTaken } from './sending';

type Asked = Incoming<unknown, unknown, PlaceRequest>;

/** How often a number that turned out to be taken is replaced by the next one. */
const NUMBERS_TRIED = 5;

export function placingCalls(services: Services): Call[] {
  return [
    call({
      operationId: 'placeOrder',
      method: 'post',
      path: '/v1/orders',
      tag: 'Orders',
      summary: 'Place an order',
      description:
        'All or nothing: the order, its stock and its authorisations. The same request again is answered 200 with the order that is there.',
      roles: ['clerk', 'storefront'],
      body: placeRequest,
      answers: {
        200: { description: 'It was placed before.', schema: shownOrder, headers: ['ETag'] },
        201: { description: 'It is placed.', schema: shownOrder, headers: ['ETag', 'Location'] },
        202: {
          description: 'It is being placed; ask at Location what became of it.',
          schema: pendingCommand,
          headers: ['Location', 'Retry-After'],
        },
      },
      problems: [
        ...([
          'invalid-order',
          'invalid-order-status',
          'number-taken',
          'insufficient-stock',
          'voucher-used',
        ] as const),
        ...(['payment-declined', 'payment-outcome-unknown'] as const),
        ...(['gateway-unavailable', 'temporal-unavailable'] as const),
      ],
      handle: (asked) => placeOrder(services, asked),
    }),
  ];
}

async function placeOrder(services: Services, asked: Asked): Promise<Answer> {
  const fingerprint = fingerprintOf(asked.sent);
  const { number } = asked.body;
  if (number !== undefined) return placeAs(services, asked, number, fingerprint);
  let taken: string | undefined;
  let given = asked.numbers?.given;
  for (let tried = 1; ; tried += 1) {
    given ??= await nextNumber(services.db, services.shop.numbers, services.now());
    // Kept before anything starts, so that the repetition of this request means the same order.
    const kept = (await asked.numbers?.keep(given, taken)) ?? given;
    const placed = await placeAs(services, asked, kept, fingerprint);
    if (tried === NUMBERS_TRIED || !isTaken(placed)) return placed;
    taken = kept;
    given = undefined;
  }
}

function isTaken({ body }: Answer): boolean {
  return (body as { code?: unknown } | undefined)?.code === 'number-taken';
}

async function placeAs(
  services: Services,
  asked: Asked,
  number: string,
  fingerprint: string,
): Promise<Answer> {
  const { db, client, shop, machine } = services;
  const { body, caller, id } = asked;
  const before = await findOrder(db, number);
  if (before) return placedBefore(asked, before, fingerprint);
  const now = services.now();
  const placement = normalPlacement(
    body,
    { number, now, status: shop.orders.initial },
    fingerprint,
  );
  const actor = actorOf(caller);
  // What the order's own machine would refuse needs no workflow to say so.
  const foreseen = preview(machine, unplaced(machine), {
    type: 'place',
    placement,
    id,
    at: now,
    actor,
  });
  if (foreseen.outcome === 'refused') return refused(faultsOfSent(foreseen.refusal, body));
  const found = foreseen.outcome === 'accepted' ? attributesOf(shop, foreseen.state) : undefined;
  // A repetition of the request must be the same message to the letter: the order says what "now" was.
  const placedAt = body.placedAt === undefined ? WHEN_TAKEN : placement.placedAt;
  const sent = await client.place(shop, { ...placement, placedAt }, { id, actor }, found);
  services.metrics.countCommand(
    'place',
    sent.outcome === 'answered' ? sent.result.outcome : sent.outcome,
  );
  switch (sent.outcome) {
    case 'unreachable':
      return notTaken(asked, sent);
    case 'turned-away':
      return sent.refusal ? refused(sent.refusal) : invalid([{ pointer: '', detail: sent.detail }]);
    case 'pending':
      return beingPlaced(asked, number);
    case 'answered': {
      const { outcome, refusal, repeated, seq } = sent.result;
      if (refusal) return refused(refusal, { command: { id, type: 'place', outcome, seq } });
      const placed = await findOrder(db, number);
      if (!placed || outcome === 'pending') return beingPlaced(asked, number, placed);
      return placedNow(asked, placed, repeated === true);
    }
  }
}

/** The same request again is told of the order that is there; another one may not have its number. */
function placedBefore({ caller }: Asked, order: StoredOrder, fingerprint: string): Answer {
  const shown = shownTo(caller, order);
  if (shown && order.state.context.placement?.fingerprint === fingerprint) {
    return orderAnswer(200, shown, { Location: addressOf(order.number) });
  }
  const detail = `The number ${order.number} is taken by another order.`;
  const errors = [{ pointer: '/number', detail }];
  return problem('number-taken', { detail, guard: 'numberIsFree', errors });
}

function placedNow({ caller }: Asked, order: StoredOrder, wasThere: boolean): Answer {
  const shown = shownTo(caller, order);
  if (!shown) throw new Error(`Who placed order ${order.number} may not see it.`);
  return orderAnswer(wasThere ? 200 : 201, shown, { Location: addressOf(order.number) });
}

/** It may be placed already while nobody knows yet whether a card went through. */
function beingPlaced({ caller, id }: Asked, number: string, placed?: StoredOrder): Answer {
  const command = { id, type: 'place', outcome: 'pending', seq: 0 };
  const headers = { Location: commandAddress(number, id), 'Retry-After': '1' };
  const order = placed && shownTo(caller, placed);
  return answer(202, { command, number, order }, headers);
}
