import type { OrderView } from '../../machines/views/order';
import type { LedgerEntry } from '../../scripts/gateway/views';
import type { EventRow, Evidence, LedgerRow } from '../../scripts/judge/evidence';
import { ON_EACH_SHELF } from '../../scripts/judge/stock';
import type { Life, Lived, Step, Told } from '../../scripts/lives/life';
import { skus } from '../../scripts/lives/placements';

const add = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
const ourKinds = {
  authorisation: 'authorise',
  capture: 'capture',
  refund: 'refund',
  void: 'void',
} as const;

function entriesOf({ number, request, ending }: Life): LedgerEntry[] {
  return (ending?.movements ?? []).map((movement, index) => {
    const [kind, amount] = movement.split(' ');
    const key = `${number}/${index + 1}/${kind}`;
    const { currency } = request;
    return {
      kind: kind as LedgerEntry['kind'],
      ...{ order: number, amount: Number(amount), currency, reference: `r-${key}`, key, at: '' },
    };
  });
}

function orderOf(life: Life, entries: readonly LedgerEntry[]): OrderView | undefined {
  const { request, ending } = life;
  if (!ending) return undefined;
  const moved = (kind: string) =>
    add(entries.filter((entry) => entry.kind === kind).map(({ amount }) => amount));
  const [authorised, captured] = [moved('authorisation'), moved('capture')];
  const [refunded, voided] = [moved('refund'), moved('void') + ending.letGo];
  const payment = {
    ...{ status: 'paid', owed: captured, authorised, captured, refunded, voided },
    ...{ pending: 0, balance: 0 },
  };
  const lines = ending.lines.map(({ id, quantity, shipped, cancelled }) => {
    const quantities = { shipped, consumed: shipped, cancelled };
    return { id, quantities: { ...quantities, allocated: quantity - shipped - cancelled } };
  });
  // The judge reads these fields of an order and no others.
  return {
    ...{ number: life.number, status: ending.status, seq: 2, total: request.total },
    ...{ payment, lines },
  } as unknown as OrderView;
}

/** What captures let go of is in our ledger alone. */
function letGoOf({ number: order, request, ending }: Life): LedgerRow[] {
  const { letGo: amount = 0 } = ending ?? {};
  if (amount === 0) return [];
  return [{ order, kind: 'void', amount, currency: request.currency, key: null }];
}

function toldOf({ key, callers, refusedAs: [code] }: Step): Told[] {
  const done: Told = { key, outcome: 'done' };
  if (callers === 'rivals') return [done, { key, outcome: 'refused', code }];
  if (code !== undefined) return [{ key, outcome: 'refused', code }];
  return callers === 'twice' ? [done, done] : [done];
}

function livedOf({ number, steps, ending }: Life): Lived {
  const placing: Told = ending
    ? { key: number, outcome: 'done' }
    : { key: number, outcome: 'refused', code: 'payment-declined' };
  return { number, placing, told: steps.map(toldOf) };
}

/** A world in which everything that lives foresee has happened, and nothing else; a test spoils it. */
export function rightWorld(lives: readonly Life[]) {
  const gateway = lives.flatMap(entriesOf);
  const orders = new Map<string, OrderView>();
  for (const life of lives) {
    const order = orderOf(life, entriesOf(life));
    if (order) orders.set(life.number, order);
  }
  const lines = lives.flatMap(({ ending }) => ending?.lines ?? []);
  const evidence = {
    orders,
    gateway,
    ledger: [
      ...gateway.map(({ order, kind, amount, currency, key }): LedgerRow => {
        return { order, kind: ourKinds[kind], amount, currency, key };
      }),
      ...lives.flatMap(letGoOf),
    ],
    calls: gateway.map(({ order, kind, amount, key }) => {
      return { order, key, kind: ourKinds[kind], status: 'moved', moved: amount };
    }),
    commands: lives.flatMap(({ number, steps }) =>
      steps.map(({ key }) => ({ order: number, id: key, outcome: 'done' })),
    ),
    events: [...orders.keys()].flatMap((order): EventRow[] => [
      { order, seq: 1, id: 'place' },
      { order, seq: 2, id: 'paid' },
    ]),
    shelves: skus.map((sku) => {
      const of = lines.filter((line) => line.sku === sku);
      const inStock = ON_EACH_SHELF - add(of.map(({ shipped }) => shipped));
      const held = add(
        of.map(({ quantity, shipped, cancelled }) => quantity - shipped - cancelled),
      );
      return {
        ...{ sku, inStock, allocated: held, ledgerInStock: inStock, ledgerAllocated: held, held },
      };
    }),
  } satisfies Evidence;
  return { evidence, lived: lives.map(livedOf) };
}
