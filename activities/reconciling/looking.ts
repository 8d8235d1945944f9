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

/** What looking at one order came to. */
export interface LookedAt {
  readonly differences: readonly Difference[];
  /** The order's version where they were found; absent where there is no order. */
  readonly version?: number;
  readonly unreached: readonly string[];
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

const nothing: LookedAt = { differences: [], unreached: [] };

/** How often in a row each gateway did not answer. */
type Silent = Map<string, number>;

/** A gateway that is away is waited for so often; the other orders of the part go on without it. */
const MOST_SILENT = 3;
const GRACE_MS = 600_000;
/** How often an order is looked at that moves on each time; what is young does not count then. */
const MOST_LOOKS = 5;
const HOUR_MS = 3_600_000;

/** Compares what is kept of orders, and changes nothing. */
export function createLooking(dependencies: LookingDependencies) {
  const { knex, gateways, comparing, isAwake, graceMs = GRACE_MS } = dependencies;

  /** What the gateways of an order's payments have of it. */
  async function askGateways({ number, state, calls }: OrderRecords, silent: Silent) {
    const names = new Set(state.context.payments.map(({ gateway }) => gateway));
    const records: Record<string, readonly GatewayRecord[]> = {};
    const unreached: string[] = [];
    for (const name of names) {
      const gateway = gateways[name];
      if (!gateway) {
        // Of payments that were imported, or that no gateway took, nobody here could ask.
        const isOurs = calls.some((call) => call.gateway === name);
        if (isOurs) unreached.push(`${name} is not set up here to be asked about order ${number}.`);
        continue;
      }
      const times = silent.get(name) ?? 0;
      if (times >= MOST_SILENT) {
        unreached.push(`${name} was not asked about order ${number}: it did not answer before.`);
        continue;
      }
      const listed = await gateway.movements(number);
      silent.set(name, listed.outcome === 'listed' ? 0 : times + 1);
      if (listed.outcome === 'listed') records[name] = listed.movements;
      else unreached.push(`${name} was not reached for order ${number}: ${listed.why}`);
    }
    return { records, unreached };
  }

  /** The records are read on both sides of what others say: an order that moved on meanwhile is looked at again. */
  async function lookAt(number: string, silent: Silent = new Map()): Promise<LookedAt> {
    for (let looks = 1; ; looks += 1) {
      const before = await recordsOf(knex, number);
      if (!before) return nothing;
      const asked = await askGateways(before, silent);
      const isRunning = !comparing.isToBeAwake(before) || (await isAwake(number));
      const records = await recordsOf(knex, number);
      if (!records) return nothing;
      const hasMoved = records.seq !== before.seq;
      if (hasMoved && looks < MOST_LOOKS) continue;
      const differences = comparing.differencesOf(records, {
        ...{ now: new Date().toISOString(), graceMs, gateways: asked.records },
        isAwake: isRunning || hasMoved,
      });
      return { differences, version: Number(records.row.version), unreached: asked.unreached };
    }
  }

  return {
    lookAt: (number: string) => lookAt(number),

    /** Looks at the next orders behind one, however many there are. */
    async lookOn(chosen: Chosen, after: string, limit: number): Promise<Looked> {
      const numbers = await nextNumbers(knex, chosen, after, limit);
      const differences: Difference[] = [];
      const unreached: string[] = [];
      const silent: Silent = new Map();
      for (const number of numbers) {
        const looked = await lookAt(number, silent);
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
