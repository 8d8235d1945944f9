import type { Evidence, Logged, PartnerEvidence } from '../../scripts/automated/evidence';
import { countedSkus, goods, ON_EACH_SHELF } from '../../scripts/automated/goods';
import { ordersOf, type Planned } from '../../scripts/automated/orders';
import type { Shown } from '../../scripts/automated/reading';

type Said = PartnerEvidence['book']['said'][number];

/** An order as the shop shows it when every partner has sent everything, one parcel each. */
function sent({ number, request }: Planned): Shown {
  const lines = request.lines.map(({ id, sku, quantity }) => {
    const { price } = goods.find((good) => good.sku === sku) ?? { price: 0 };
    const units = { dispatched: quantity, cancelled: 0, returned: 0 };
    return { id, sku, quantity, units, unitPrice: { exclTax: 0, inclTax: price } };
  });
  const captured = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice.inclTax, 0);
  const parcel = { event: 'Sent', tracking: { carrier: 'dhl', number: `T-${number}` } };
  return {
    ...{ number, status: 'Delivered', availableStatuses: [], currency: 'GBP', lines },
    ...{ payment: { captured, held: 0, pending: 0 }, shipments: [parcel], handOvers: [] },
  } as unknown as Shown;
}

function bookOf(orders: readonly Shown[]): PartnerEvidence['book'] {
  const said = orders.map(({ number, lines }): Said => {
    const units = lines.map(({ id, quantity }) => ({ id, quantity }));
    const tracking = { carrier: 'dhl', number: `T-${number}` };
    const message = { id: `said-${number}`, type: 'shipped', order: number, at: '' } as const;
    return { message: { ...message, lines: units, tracking }, answers: [202], outcome: 'taken' };
  });
  const told = orders.map(({ number }) => ({
    letter: { version: 1 as const, id: `letter-${number}`, type: 'order' },
    times: 1,
  }));
  const figures = { letterRepetitions: 0, unsignedLetters: 0, working: 0 };
  return { said, told, figures } as unknown as PartnerEvidence['book'];
}

function logOf(orders: readonly Shown[]): Logged[] {
  const usual = { why: null, repeated: 0, seq: 3 };
  return orders.flatMap(({ number: order }): Logged[] => [
    {
      direction: 'out',
      id: `letter-${order}`,
      type: 'order',
      order,
      status: 'delivered',
      ...usual,
    },
    { direction: 'in', id: `said-${order}`, type: 'shipped', order, status: 'done', ...usual },
  ]);
}

/** A run in which everything adds up: one partner sends every order in a parcel. */
export function quietWorld(): { planned: Planned[]; evidence: Evidence } {
  const planned = ordersOf(1, 6);
  const orders = planned.map(sent);
  const unitsOf = (sku: string) =>
    orders
      .flatMap(({ lines }) => lines)
      .filter((line) => line.sku === sku)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  const evidence: Evidence = {
    orders,
    partners: [{ code: 'lumen', book: bookOf(orders), log: logOf(orders) }],
    messages: new Map(orders.map(({ number }) => [number, [{ kind: 'parcel-sent', cause: 'e1' }]])),
    gateway: orders.map(({ number, payment }) => ({
      ...{ kind: 'capture', order: number, amount: payment.captured, currency: 'GBP' },
      ...{ reference: `cap-${number}`, key: `${number}/1`, at: '' },
    })),
    shelves: countedSkus.map((sku) => ({
      ...{ sku, inStock: ON_EACH_SHELF - unitsOf(sku), allocated: 0 },
      changes: [
        { cause: 'stocktake', inStockDelta: ON_EACH_SHELF, allocatedDelta: 0 },
        { cause: 'consume', inStockDelta: -unitsOf(sku), allocatedDelta: 0 },
      ],
    })),
  };
  return { planned, evidence };
}
