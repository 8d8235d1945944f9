import { byPeople, type Difference } from './difference';

/** What orders share and the database found to differ. */
export interface SharedRecords {
  readonly counters: readonly {
    readonly sku: string;
    readonly location: string;
    readonly inStock: number;
    readonly allocated: number;
    readonly ledgerInStock: number;
    readonly ledgerAllocated: number;
  }[];
  readonly held: readonly {
    readonly sku: string;
    readonly records: number;
    readonly orders: number;
  }[];
  readonly waiting: readonly {
    readonly id: string;
    readonly order: string;
    readonly topic: string;
    readonly kind: string;
    readonly since: string;
  }[];
}

/** The differences of stock and of the outbox, one for each record. */
export function sharedDifferences({ counters, held, waiting }: SharedRecords): Difference[] {
  return [...counters.map(ofCounter), ...held.map(ofHeld), ...waiting.map(ofWaiting)];
}

function ofCounter(off: SharedRecords['counters'][number]): Difference {
  const { sku, location, inStock, allocated, ledgerInStock, ledgerAllocated } = off;
  const code = 'stock-counter';
  return {
    ...{ id: `${code}:${sku}:${location}`, code, sku, location },
    there: { inStock, allocated },
    expected: { inStock: ledgerInStock, allocated: ledgerAllocated },
    says: `${sku} at ${location} has ${inStock} in stock and ${allocated} allocated; its ledger adds up to ${ledgerInStock} and ${ledgerAllocated}.`,
    repair: {
      by: 'stock',
      says: 'Bring them together by a row of the ledger: what is allocated goes back to what orders hold, what is in stock stays as counted. Count the shelf as well.',
    },
  };
}

function ofHeld({ sku, records, orders }: SharedRecords['held'][number]): Difference {
  const code = 'stock-held';
  return {
    ...{ id: `${code}:${sku}`, code, sku, there: records, expected: orders },
    says: `The stock records hold ${records} of ${sku} for orders, and the orders have ${orders} of it.`,
    repair: byPeople('Mend the counter or the order that is wrong first; the others then agree.'),
  };
}

function ofWaiting({
  id,
  order,
  topic,
  kind,
  since,
}: SharedRecords['waiting'][number]): Difference {
  const code = 'outbox-waiting';
  return {
    ...{ id: `${code}:${order}:${id}`, code, order, there: since, expected: 'started' },
    says: `The ${topic} ${kind} of order ${order} waits to leave since ${since}.`,
    repair: byPeople('See that a worker runs and that it delivers this topic.'),
  };
}
