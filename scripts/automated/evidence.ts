import type { Book } from '../../examples/partner/book';
import type { LedgerEntry } from '../gateway/views';
import type { Everything } from '../torture/running';
import { countedSkus } from './goods';
import type { Registered } from './partners';
import { read, readAll, type Shown } from './reading';

/** A line of our own log of what a partner was told, and what it said. */
export interface Logged {
  readonly direction: 'out' | 'in';
  readonly id: string;
  readonly type: string;
  readonly order: string;
  readonly status: string;
  readonly why: string | null;
  readonly repeated: number;
  readonly seq: number | null;
}

/** A partner by its own book, and by our log. */
export interface PartnerEvidence {
  readonly code: string;
  readonly book: ReturnType<Book['toJSON']>;
  readonly log: readonly Logged[];
}

export interface Message {
  readonly kind: string;
  readonly cause: string;
}

export interface Shelf {
  readonly sku: string;
  readonly inStock: number;
  readonly allocated: number;
  readonly changes: readonly {
    readonly cause: string;
    readonly inStockDelta: number;
    readonly allocatedDelta: number;
  }[];
}

/** Everything that is known in the end, from whoever knows it first hand. */
export interface Evidence {
  readonly orders: readonly Shown[];
  readonly partners: readonly PartnerEvidence[];
  /** What customers were told, by order. */
  readonly messages: ReadonlyMap<string, readonly Message[]>;
  readonly gateway: readonly LedgerEntry[];
  readonly shelves: readonly Shelf[];
}

type System = Everything['system'];

async function partnerEvidence(system: System, partner: Registered): Promise<PartnerEvidence> {
  const { code, url } = partner;
  const book = (await (await fetch(`${url}/book`)).json()) as PartnerEvidence['book'];
  const log = await readAll<Logged>(system, `/v1/partners/${code}/messages`, 'messages');
  return { code, book, log };
}

async function shelfOf(system: System, sku: string): Promise<Shelf> {
  const shelf = await read<Omit<Shelf, 'changes'>>(system, `/v1/stock/${sku}`);
  type Change = Shelf['changes'][number];
  return { ...shelf, changes: await readAll<Change>(system, `/v1/stock/${sku}/ledger`, 'changes') };
}

/** Asks the API, the partners and the gateway. */
export async function gather(
  { system, gatewayUrl }: Everything,
  partners: readonly Registered[],
  orders: readonly Shown[],
): Promise<Evidence> {
  const messages = new Map<string, readonly Message[]>();
  for (const { number } of orders) {
    const told = await read<{ messages: Message[] }>(system, `/v1/orders/${number}/messages`);
    messages.set(number, told.messages);
  }
  const ledger = await fetch(`${gatewayUrl()}/ledger`);
  return {
    ...{ orders, messages },
    partners: await Promise.all(partners.map((each) => partnerEvidence(system, each))),
    gateway: (await ledger.json()) as LedgerEntry[],
    shelves: await Promise.all(countedSkus.map((sku) => shelfOf(system, sku))),
  };
}
