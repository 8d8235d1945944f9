import type { Knex } from 'knex';
import { nextNumbers, recordsOf, type Chosen } from '../../db/reconciling/orders';
import { countersOff, heldOff, waitingSince } from '../../db/reconciling/stock';
import type * as pure from '../../machines/reconciling';
import type { Difference } from '../../machines/reconciling/difference';
import type { GatewayRecord, OrderRecords } from '../../machines/reconciling/records';
import type { CardGateway } from '../gateways/port';

export interface LookingDependencies {
  readonly knex: Knex;
  readonly gateways: Readonly<Record<string, CardGateway>>;
  /** The comparing itself, which is pure. */
  readonly comparing: typeof pure;
  /** Whether an order's workflow runs. */
  readonly isAwake: (number: string) => Promise<boolean>;
  /** How young what is under way may be, in ms; ten minutes unless said. */
  readonly graceMs?: number;
}

/** What looking at some orders came to. */
export interface Looked {
  /** The last order that was looked at; absent after the last of all. */
  readonly last?: string;
  readonly orders: number;
  readonly differences: readonly Difference[];
  /** Gateways that did not answer, in sentences. */
  readonly unreached: readonly string[];
}

const GRACE_MS = 600_000;
const HOUR_MS = 3_600_000;

/** Compares what is kept of orders, and changes nothing. */
export function createLooking(dependencies: LookingDependencies) {
  const { knex, gateways, comparing, isAwake, graceMs = GRACE_MS } = dependencies;

  /** What the gateways of an order's payments have of it. */
  async function askGateways({ number, state }: OrderRecords) {
    const names = new Set(state.context.payments.map(({ gateway }) => gateway));
    const records: Record<string, readonly GatewayRecord[]> = {};
    const unreached: string[] = [];
    for (const name of names) {
      const listed = await gateways[name]?.movements(number);
      if (listed?.outcome === 'listed') records[name] = listed.movements;
      else if (listed) unreached.push(`${name} was not reached for order ${number}: ${listed.why}`);
    }
    return { records, unreached };
  }

  async function lookAt(number: string): Promise<Omit<Looked, 'orders' | 'last'>> {
    // The gateways first: what moves meanwhile is in the database then, or too young to count.
    const before = await recordsOf(knex, number);
    if (!before) return { differences: [], unreached: [] };
    const asked = await askGateways(before);
    const records = await recordsOf(knex, number);
    if (!records) return { differences: [], unreached: [] };
    const around = {
      ...{ now: new Date().toISOString(), graceMs, gateways: asked.records },
      isAwake: !comparing.isToBeAwake(records) || (await isAwake(number)),
    };
    const differences = comparing.differencesOf(records, around);
    return { differences, unreached: asked.unreached };
  }

  return {
    lookAt,

    /** Looks at the next orders behind one, however many there are. */
    async lookOn(chosen: Chosen, after: string, limit: number): Promise<Looked> {
      const numbers = await nextNumbers(knex, chosen, after, limit);
      const differences: Difference[] = [];
      const unreached: string[] = [];
      for (const number of numbers) {
        const looked = await lookAt(number);
        differences.push(...looked.differences);
        unreached.push(...looked.unreached);
      }
      const last = numbers.length < limit ? undefined : numbers.at(-1);
      return {
        orders: numbers.length,
        differences,
        unreached,
        ...(last !== undefined && { last }),
      };
    },

    /** Looks at what orders share: stock, and what waits to leave. */
    async lookAtShared(): Promise<readonly Difference[]> {
      return comparing.sharedDifferences({
        counters: await countersOff(knex),
        held: await heldOff(knex),
        waiting: await waitingSince(knex, new Date(Date.now() - HOUR_MS).toISOString()),
      });
    },
  };
}
