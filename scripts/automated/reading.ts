import type { OrderView } from '../../machines/views/order';
import { call, type System } from '../demo/system';
import { pause } from '../stack/pause';

/** An order as the API shows it. */
export type Shown = OrderView;

/** Whether nothing more may happen to it by itself. */
export const isOver = ({ availableStatuses }: Shown): boolean => availableStatuses.length === 0;

/** Shipments that have left, the shop's other shipping events left out. */
export const parcelsOf = ({ shipments }: Shown): Shown['shipments'] =>
  shipments.filter(({ event }) => event === 'Sent');

/** Between two tries while nothing answers, and how many there are. */
const [AGAIN_AFTER_MS, TRIES] = [500, 120];

/** What a GET answers, tried again while the API or what is behind it is away; throws when it stays away. */
export async function read<Body>(system: System, path: string): Promise<Body> {
  let last: unknown;
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      const { status, body } = await call(system, 'GET', path);
      if (status === 200) return body as Body;
      last = `${status} ${JSON.stringify(body)}`;
      if (status < 500) break;
    } catch (error) {
      last = error;
    }
    await pause(AGAIN_AFTER_MS);
  }
  throw new Error(`GET ${path}: ${String(last)}`);
}

/** Every page of a list, one after another. */
export async function readAll<Row>(system: System, path: string, name: string): Promise<Row[]> {
  const rows: Row[] = [];
  const join = path.includes('?') ? '&' : '?';
  for (let cursor = ''; ;) {
    const page = await read<Record<string, unknown>>(system, `${path}${join}limit=100${cursor}`);
    rows.push(...(page[name] as Row[]));
    const { next } = page;
    if (typeof next !== 'string') return rows;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
}
