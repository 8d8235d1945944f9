import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import type { OrderEvent } from '../../machines/events';
import shop from '../../machines/shop';
import { unplaced } from '../../machines/step';
import { anyCommand, anyLife, anyPlacement, eventFor } from './arbitraries';
import { Watched } from './invariants';
import { desk, moved, noon } from './support';

const stamp = { at: noon, actor: { role: 'clerk', name: 'Grace' } } as const;
const table = { ...shop, returns: { ...shop.returns, exchangeInAdvance: true } };
const { orders } = desk(table);
const isAboutReturns = (type: string) =>
  type.includes('return') || ['refund', 'exchange', 'record-payment-event'].includes(type);

/** What the world says at once of all that an event set going: money moves, exchanges are placed or not. */
function answer(order: Watched, n: string, willing: boolean): void {
  for (let turn = 0; order.state.context.movements.length > 0 && turn < 9; turn += 1) {
    order.take({ ...moved(order.state), ...stamp, id: `${n}/${turn}` } as OrderEvent);
  }
  const placing = order.state.context.returns.find((each) => each.exchange?.outcome === 'placing');
  if (!placing?.exchange) return;
  const { number } = placing.exchange;
  const about = { return: placing.id, number, ...stamp, id: `${n}/report` };
  const report: OrderEvent = willing
    ? { type: 'exchange.placed', ...about }
    : { type: 'exchange.refused', why: 'None left.', ...about };
  order.take(report);
  const again = order.take({ ...report, id: `${n}/again` });
  if (again.outcome !== 'refused') throw new Error('A report took effect twice.');
}

describe('goods that come back', () => {
  it('keep what always holds, whatever happens to them and whenever the world answers', () => {
    const command = anyCommand(table).filter(({ type }) => isAboutReturns(type));
    const happening = fc.oneof(
      { weight: 6, arbitrary: fc.record({ command, willing: fc.boolean(), at: fc.boolean() }) },
      { weight: 1, arbitrary: anyLife(table).map((life) => life.slice(0, 2)) },
    );
    fc.assert(
      fc.property(
        anyPlacement(table.orders.initial),
        fc.array(happening, { minLength: 4, maxLength: 30 }),
        (placement, happenings) => {
          const order = new Watched(orders, unplaced(orders));
          const tell = (event: object, n: string) =>
            order.take({ ...event, ...stamp, id: n } as OrderEvent);
          tell({ type: 'place', placement }, 'placing');
          answer(order, 'placing', true);
          tell({ type: 'take-payment' }, 'paying');
          answer(order, 'paying', true);
          tell({ type: 'set-status', status: 'Being processed' }, 'on');
          tell({ type: 'record-shipping-event', event: 'Shipped' }, 'shipping');
          tell({ type: 'request-return', reason: 'x' }, 'asking');
          tell({ type: 'authorise-return', return: 'r1' }, 'letting');
          happenings.forEach((each, n) => {
            if (Array.isArray(each)) {
              each.forEach((one, m) => {
                const event = eventFor(table, order.state, one, n * 10 + m);
                if (event) order.take({ ...event, id: `other-${n}-${m}` });
              });
              return;
            }
            tell(each.command, `event-${n}`);
            if (each.at) answer(order, `event-${n}`, each.willing);
          });
          answer(order, 'end', true);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
