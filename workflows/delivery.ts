import { ActivityFailure, proxyActivities, setCurrentDetails, sleep } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { Ended, Later, OutboxRow } from '../activities/delivery';
import { nameOf } from './messages';
import { options } from './options';

const { deliver } = proxyActivities<Pick<Activities, 'deliver'>>(options.delivery);
const { giveUp, report } = proxyActivities<Pick<Activities, 'giveUp' | 'report'>>(
  options.reporting,
);

/** A wait is up to this much longer or shorter, so that what failed together is not tried again together. */
const JITTER = 0.2;

/** The way of one row of the outbox out of the house, and of what its order is to know of it back. */
export async function delivery(row: OutboxRow, retries?: readonly number[]): Promise<string> {
  const name = nameOf(row);
  setCurrentDetails(`**On its way**: ${name}`);
  const { outcome, says, report: said } = await deliverOrGiveUp(row, retries);
  if (said) {
    const summary = `tell order ${row.order}: ${said.type}`;
    await report.executeWithOptions({ ...options.reporting, summary }, [row, said]);
  }
  setCurrentDetails(`**${outcome}**: ${name}${says ? `: ${says}` : ''}`);
  return says ? `${outcome}: ${says}` : outcome;
}

/** Delivers, for days if it must be; what cannot be delivered is ended in good order. */
async function deliverOrGiveUp(row: OutboxRow, retries?: readonly number[]): Promise<Ended> {
  try {
    return await (retries ? deliverByTable(row, retries) : deliverOnce(row));
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return end(row, error.cause?.message ?? error.message);
  }
}

function end(row: OutboxRow, why: string): Promise<Ended> {
  const summary = `give up ${row.topic} ${row.kind}`;
  return giveUp.executeWithOptions({ ...options.reporting, summary }, [row, why]);
}

/** As releases without a retry table began it: trying again is left to Temporal. */
async function deliverOnce(row: OutboxRow): Promise<Ended> {
  const summary = `${row.topic} ${row.kind}`;
  // Without a trial the activity says nothing of later.
  return (await deliver.executeWithOptions({ ...options.delivery, summary }, [row])) as Ended;
}

async function deliverByTable(row: OutboxRow, retries: readonly number[]): Promise<Ended> {
  const what = `${row.topic} ${row.kind}`;
  for (let attempt = 1; ; attempt += 1) {
    const summary = attempt === 1 ? what : `${what}: attempt ${attempt}`;
    const nextMs = jittered(retries[attempt - 1]);
    const trial = { attempt, ...(nextMs !== undefined && { nextMs }) };
    const tried = await deliver.executeWithOptions({ ...options.delivery, summary }, [row, trial]);
    if (tried.outcome !== 'later') return tried;
    const waitMs = waitOf(tried, nextMs, retries);
    if (waitMs === undefined) return end(row, tried.says);
    const next = new Date(Date.now() + waitMs).toISOString();
    setCurrentDetails(
      `**Waiting**: ${nameOf(row)}: attempt ${attempt} failed (${tried.says}), next at ${next}`,
    );
    await sleep(waitMs, { summary: `until attempt ${attempt + 1} of ${what}` });
  }
}

function jittered(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * (1 + JITTER * (2 * Math.random() - 1)));
}

/** How long it waits; undefined when it has waited often enough. */
function waitOf(
  { notBeforeMs = 0, untilMs }: Later,
  nextMs: number | undefined,
  retries: readonly number[],
): number | undefined {
  // Who asks to be left alone for a year is asked again all the same.
  const least = Math.min(notBeforeMs, Math.max(0, ...retries));
  if (untilMs === undefined) return nextMs === undefined ? undefined : Math.max(nextMs, least);
  const usual = nextMs ?? retries.at(-1) ?? untilMs;
  return Math.max(0, Math.min(untilMs, Math.max(usual, least)));
}
