import type { Knex } from 'knex';
import { writeUnsent } from '../../db/reconciling/orders';
import { bookCounters } from '../../db/reconciling/stock';
import type { Actor, Command } from '../../machines/events';
import type { Difference } from '../../machines/reconciling/difference';
import type { CommandSender } from '../batches/working';
import type { LookedAt } from './looking';

export interface RepairingDependencies {
  readonly knex: Knex;
  readonly send: CommandSender;
  /** Looks at an order again. */
  readonly lookAt: (number: string) => Promise<LookedAt>;
  /** Wakes an order that sleeps. */
  readonly wake: (number: string) => Promise<void>;
}

export interface Told {
  readonly actor: Actor;
  /** Names this run, so that no command of another is taken for one of this. */
  readonly run: string;
  readonly reason: string;
}

/** What became of one difference. */
export interface Repaired {
  readonly id: string;
  readonly outcome: 'done' | 'refused' | 'left';
  readonly why?: string;
}

type OfOrder = Difference & { readonly order: string };

const anew: readonly string[] = ['reconcile', 'outbox'];

/** Mends differences as far as a program may; each repair of an order is an event of its history. */
export function createRepairing({ knex, send, lookAt, wake }: RepairingDependencies) {
  async function tell(
    order: string,
    command: Command,
    which: string,
    { run, actor }: Told,
    version?: number,
  ): Promise<Omit<Repaired, 'id'>> {
    const sender = {
      ...{ id: `reconcile-${run}-${which}`, actor, cause: `reconciliation ${run}` },
      ...(version !== undefined && { version }),
    };
    const { outcome, refusal, why } = await send(order, command, sender);
    if (outcome === 'done') return { outcome };
    return { outcome: 'refused', why: refusal?.detail ?? why ?? outcome };
  }

  /** All that is written anew of an order is one command, however much it is. */
  async function writeAnew(differences: readonly OfOrder[], told: Told): Promise<Repaired[]> {
    const [first] = differences;
    if (!first) return [];
    const { order } = first;
    const codes = [...new Set(differences.map(({ code }) => code))];
    const command = { type: 'reconcile', differences: codes, reason: told.reason } as const;
    const outcome = await tell(order, command, 'anew', told);
    const isUnsent = differences.some(({ repair }) => repair.by === 'outbox');
    if (outcome.outcome === 'done' && isUnsent) await writeUnsent(knex, order);
    return differences.map(({ id }) => ({ id, ...outcome }));
  }

  /**
   * What moved is recorded only where it still lacks, on the very version at which it does: whoever else has
   * recorded it meanwhile, another repair or the order itself, is not to be repeated.
   */
  async function recordLacking(
    { id, order }: OfOrder,
    which: string,
    told: Told,
  ): Promise<Omit<Repaired, 'id'>> {
    const { differences, version, unreached } = await lookAt(order);
    const [why] = unreached;
    if (why !== undefined) return { outcome: 'refused', why };
    const command = differences.find((each) => each.id === id)?.repair.command;
    if (!command) return { outcome: 'done', why: 'It does not differ any more.' };
    return tell(order, command, which, told, version);
  }

  async function repairOrder(differences: readonly OfOrder[], told: Told): Promise<Repaired[]> {
    const done: Repaired[] = [];
    // What moved is recorded before anything is written anew from it.
    for (const [n, difference] of differences.entries()) {
      const { id, order, repair } = difference;
      if (repair.command) done.push({ id, ...(await recordLacking(difference, `${n}`, told)) });
      else if (repair.by === 'wake') {
        await wake(order);
        done.push({ id, outcome: 'done' });
      }
    }
    const rest = differences.filter(({ repair }) => anew.includes(repair.by));
    return [...done, ...(await writeAnew(rest, told))];
  }

  /** Mends what can be mended of these, and leaves to people what is theirs. */
  return async function repair(
    differences: readonly Difference[],
    told: Told,
  ): Promise<readonly Repaired[]> {
    const done: Repaired[] = [];
    const ofOrders = new Map<string, OfOrder[]>();
    for (const difference of differences) {
      const { id, order, sku, location, repair: how } = difference;
      if (how.by === 'people') done.push({ id, outcome: 'left', why: how.says });
      else if (order !== undefined) {
        ofOrders.set(order, [...(ofOrders.get(order) ?? []), { ...difference, order }]);
      } else if (sku !== undefined && location !== undefined) {
        const note = `${told.reason} (reconciliation ${told.run})`;
        await bookCounters(knex, { sku, location }, { actor: told.actor.name, note });
        done.push({ id, outcome: 'done' });
      }
    }
    for (const each of ofOrders.values()) done.push(...(await repairOrder(each, told)));
    return done;
  };
}
