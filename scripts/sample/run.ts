import { setTimeout as sleep } from 'node:timers/promises';
import { call, type Answer, type System } from '../demo/system';
import { goods } from './goods';
import { PREFIX, wanted, type Planned } from './orders';

/** What the sample came to. */
export interface Made {
  readonly placed: number;
  readonly there: number;
  /** How many orders met which fate. */
  readonly fates: ReadonlyMap<string, number>;
  /** What the shop said no to, a sentence each. */
  readonly refused: readonly string[];
}

const AT_ONCE = 8;
const [TRIES, PAUSE_MS] = [6, 500];
/** Nobody has taken it yet, or too much was asked at once: the same again does it. */
const LATER: readonly number[] = [429, 503];

/** Sends it under a key, so that it takes effect once, until there is an answer for good. */
async function sendOnce(
  system: System,
  path: string,
  body: unknown,
  once: string,
): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await call(system, 'POST', path, body, once);
    if (!LATER.includes(answer.status) || tries === TRIES) return answer;
    await sleep(PAUSE_MS * tries);
  }
}

/** Whether the shop has orders that are no sample. */
export async function hasOtherOrders(system: System): Promise<boolean> {
  for (let cursor = ''; ;) {
    const { body } = await call(system, 'GET', `/v1/orders?limit=100${cursor}`);
    const orders = body.orders as readonly { readonly number: string }[];
    if (orders.some(({ number }) => !number.startsWith(PREFIX))) return true;
    if (typeof body.next !== 'string') return false;
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
}

/** What is under a number: nothing, this very order, or another one of an earlier sample. */
type Found = 'nothing' | 'same' | 'another';

async function find(system: System, { number, request }: Planned): Promise<Found> {
  const { status, body } = await call(system, 'GET', `/v1/orders/${number}`);
  if (status !== 200) return 'nothing';
  const { customer, total } = body as Partial<Planned['request']>;
  const isSame =
    customer?.email === request.customer.email && total?.inclTax === request.total.inclTax;
  return isSame ? 'same' : 'another';
}

/** Puts on the shelves what these orders want, and what is to be left; takes nothing away. */
async function fillShelves(system: System, orders: readonly Planned[]): Promise<void> {
  for (const good of goods) {
    const path = `/v1/stock/${good.sku}`;
    const { body } = await call(system, 'GET', path);
    const { inStock = 0, net = 0 } = body as { inStock?: number; net?: number };
    const missing = wanted(orders, good) + good.left - net;
    if (missing <= 0) continue;
    const counted = { inStock: inStock + missing, lowStockThreshold: good.lowAt };
    await call(system, 'PUT', path, counted);
  }
}

function faultOf(what: string, { status, body }: Answer): string {
  return `${what}: ${status} ${String(body.detail ?? body.code)}`;
}

/** Places an order and lets its fate befall it; gives what was refused. */
async function live(system: System, order: Planned, isNew: boolean): Promise<readonly string[]> {
  const { number, request, declined, steps } = order;
  if (isNew) {
    if (declined) await call(system, 'POST', '/v1/orders', declined);
    const placed = await sendOnce(system, '/v1/orders', request, `${number}-place`);
    if (placed.status >= 300) return [faultOf(`${number} was not placed`, placed)];
  }
  const refused: string[] = [];
  for (const [index, step] of steps.entries()) {
    const path = `/v1/orders/${number}/commands`;
    const answer = await sendOnce(system, path, step, `${number}-${index + 1}`);
    if (answer.status >= 300) refused.push(faultOf(`${number}, ${step.type}`, answer));
  }
  return refused;
}

/** Makes the orders on a running system, several at once. Made again, it changes nothing. */
export async function makeSample(
  system: System,
  orders: readonly Planned[],
  onOrder: () => void,
): Promise<Made> {
  const found = new Map<Planned, Found>();
  await inParallel(orders, async (order) => {
    found.set(order, await find(system, order));
  });
  const made = orders.filter((order) => found.get(order) === 'nothing');
  await fillShelves(system, made);
  const fates = new Map<string, number>();
  const refused: string[] = [];
  await inParallel(orders, async (order) => {
    onOrder();
    if (found.get(order) === 'another') return;
    refused.push(...(await live(system, order, made.includes(order))));
    fates.set(order.fate, (fates.get(order.fate) ?? 0) + 1);
  });
  return { placed: made.length, there: orders.length - made.length, fates, refused };
}

async function inParallel<Item>(
  items: readonly Item[],
  each: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const hand = async () => {
    for (const item of queue) await each(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}
