import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { createCommandSender } from '../../activities/batches/temporal';
import { createGateways } from '../../activities/gateways';
import { createLooking } from '../../activities/reconciling/looking';
import { createRepairing } from '../../activities/reconciling/repairing';
import { createAwake, createWaker } from '../../activities/reconciling/temporal';
import { connect } from '../../db/connection';
import type { Chosen } from '../../db/reconciling/orders';
import * as comparing from '../../machines/reconciling';
import type { Difference } from '../../machines/reconciling/difference';
import type { findSystem } from '../import/system';
import type { Writer } from './report';

/** Orders that are in memory at a time. */
const PART = 100;
const GATEWAY_TIMEOUT_MS = 5_000;
const admin = { role: 'admin', name: 'reconcile' } as const;

/** What was asked for cannot be; the message says why. */
export class BadUse extends Error {
  override readonly name = 'BadUse';
}

export interface Task {
  readonly chosen: Chosen;
  readonly writer: Writer;
  readonly repair: boolean;
  readonly reason: string;
  /** Which differences are mended; all when there is none. */
  readonly ids: readonly string[];
  readonly graceMs?: number;
}

/** Looks at all that is chosen, part by part, tells what differs and mends what it is told to. */
export async function reconcileAll(
  { settings, databaseUrl, gateways }: ReturnType<typeof findSystem>,
  { chosen, writer, repair: isRepairing, reason, ids, graceMs }: Task,
): Promise<{ readonly left: number; readonly unreached: number }> {
  const { temporal, taskQueue } = settings;
  const knex = connect(databaseUrl, {
    ...{ min: 0, max: 4, applicationName: 'conveyor reconcile', statementTimeoutMs: 600_000 },
  });
  const connection = await Connection.connect({ address: temporal.address });
  const client = new Client({ connection, namespace: temporal.namespace });
  const looking = createLooking({
    ...{ knex, comparing, isAwake: createAwake(client) },
    // Nothing is sent to them that they would answer later.
    gateways: createGateways({
      ...{ ...gateways, knex, publicUrl: '', timeoutMs: GATEWAY_TIMEOUT_MS },
    }),
    ...(graceMs !== undefined && { graceMs }),
  });
  const mend = createRepairing({
    ...{ knex, send: createCommandSender(client, taskQueue, knex) },
    lookAt: looking.lookAt,
    wake: createWaker(client, taskQueue, knex),
  });
  const told = { actor: admin, run: randomUUID(), reason };
  const counts = { orders: 0, found: 0, mended: 0 };
  const missed = new Set(ids);
  let unreached = 0;

  async function tell(differences: readonly Difference[]): Promise<void> {
    counts.found += differences.length;
    for (const difference of differences) writer.difference(difference);
    if (!isRepairing) return;
    const wanted = differences.filter(({ id }) => ids.length === 0 || ids.includes(id));
    wanted.forEach(({ id }) => missed.delete(id));
    for (const repaired of await mend(wanted, told)) {
      writer.repaired(repaired);
      if (repaired.outcome === 'done') counts.mended += 1;
    }
  }

  try {
    let next: string | undefined = '';
    while (next !== undefined) {
      const looked: Awaited<ReturnType<typeof looking.lookOn>> = await looking.lookOn(
        chosen,
        next,
        PART,
      );
      counts.orders += looked.orders;
      unreached += looked.unreached.length;
      looked.unreached.forEach((why) => writer.unreached(why));
      await tell(looked.differences);
      next = looked.last;
    }
    // Of a single order nothing is shared.
    if (chosen.order === undefined) await tell(await looking.lookAtShared());
    if (chosen.order !== undefined && counts.orders === 0) {
      throw new BadUse(
        `There is no order ${chosen.order}${chosen.since ? ' that changed since' : ''}.`,
      );
    }
    for (const id of missed) {
      writer.repaired({ id, outcome: 'refused', why: 'Nothing of this id differs.' });
    }
    writer.end({ ...counts, unreached });
    return { left: counts.found - counts.mended, unreached };
  } finally {
    await knex.destroy();
    await connection.close();
  }
}
