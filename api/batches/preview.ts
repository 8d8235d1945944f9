import { setImmediate as breathe } from 'node:timers/promises';
import { findOrders, type FoundOrder } from '../../db/orders';
import type { Command } from '../../machines/events';
import type { Refusal } from '../../machines/refusals';
import { agreed, upToDate } from '../../machines/state';
import { ordersOf, preview, type Orders } from '../../machines/step';
import type { Shop } from '../../machines/table';
import { sentenceOf } from '../../machines/views/sentences';
import { actorOf } from '../auth';
import type { Caller } from '../http/call';
import type { Services } from '../services';

interface Foreseen {
  readonly number: string;
  readonly outcome: 'can' | 'unchanged' | 'cannot';
  readonly refusal?: Pick<Refusal, 'code' | 'detail'>;
  readonly says?: readonly string[];
}

/** Orders that are looked at before others get their turn, and how many of them are shown. */
const [PART, SHOWN] = [50, 500];

/** Compiles each table once, however many orders have it. */
function compiler(): (shop: Shop) => Orders {
  const known = new Map<string, Orders>();
  return (shop) => {
    const key = JSON.stringify(shop);
    const orders = known.get(key) ?? ordersOf(shop);
    known.set(key, orders);
    return orders;
  };
}

/** What the command would do to each order as it is, and in a sentence to all; it changes nothing. */
export async function previewBatch(
  { db, now }: Services,
  caller: Caller,
  command: Command,
  numbers: readonly string[],
) {
  const compiled = compiler();
  const stamp = { id: 'preview', at: now(), actor: actorOf(caller) };
  const foresee = (number: string, order: FoundOrder | undefined): Foreseen => {
    if (!order) {
      const detail = `There is no order ${number}.`;
      return { number, outcome: 'cannot', refusal: { code: 'not-found', detail } };
    }
    const state = upToDate(order.state);
    const foreseen = preview(compiled(order.shop), state, { ...command, ...stamp });
    if (foreseen.outcome === 'refused') {
      return { number, outcome: 'cannot', refusal: foreseen.refusal };
    }
    if (foreseen.outcome === 'unchanged') return { number, outcome: 'unchanged' };
    const { currency } = agreed(state.context);
    const told = foreseen.facts.filter(({ type }) => type !== 'command');
    return { number, outcome: 'can', says: told.map((fact) => sentenceOf(fact, currency)) };
  };

  const all: Foreseen[] = [];
  for (let from = 0; from < numbers.length; from += PART) {
    const part = numbers.slice(from, from + PART);
    const orders = await findOrders(db, part);
    all.push(...part.map((number) => foresee(number, orders.get(number))));
    await breathe();
  }
  return summary(all);
}

function summary(all: readonly Foreseen[]) {
  const of = (outcome: Foreseen['outcome']) => all.filter((each) => each.outcome === outcome);
  const [can, unchanged, cannot] = [of('can'), of('unchanged'), of('cannot')];
  const codes = [...new Set(cannot.map(({ refusal }) => refusal?.code ?? ''))];
  const reasons = codes.map((code) => {
    const with_ = cannot.filter(({ refusal }) => refusal?.code === code);
    return { code, count: with_.length, example: with_[0]?.refusal?.detail ?? '' };
  });
  const because = reasons.map(({ code, count }) => `${count} because ${code}`).join(', ');
  const parts = [
    `${can.length} can`,
    ...(unchanged.length > 0 ? [`${unchanged.length} are so already`] : []),
    `${cannot.length} cannot${because && `: ${because}`}`,
  ];
  return {
    preview: true,
    ...{ total: all.length, can: can.length, unchanged: unchanged.length, cannot: cannot.length },
    says: `${parts.join(', ')}.`,
    reasons,
    orders: [...cannot, ...unchanged, ...can].slice(0, SHOWN),
  };
}
