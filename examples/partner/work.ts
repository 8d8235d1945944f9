import { setTimeout as sleep } from 'node:timers/promises';
import { isNothingLeft, takeParcel, takeUnits, type Job } from './jobs';
import type { Manners } from './manners';
import type { Saying } from './wire';

/** What is said, but for what follows from the job: the id, the order and the time. */
export type Words = Omit<Saying, 'id' | 'order' | 'at'>;

export interface Working {
  readonly code: string;
  readonly signal: AbortSignal;
  readonly say: (words: Words) => void;
}

const CARRIERS = ['dhl', 'ups'] as const;

/** Answers, packs and sends what is left of a job, and says each step when it is done. */
export async function work(job: Job, manners: Manners, { code, signal, say }: Working) {
  const { answer, parcels, paceMs } = manners;
  const step = () => sleep(paceMs, undefined, { signal });
  const reference = `${code}-${job.order}-${job.handOver}`.toUpperCase();

  if (manners.deaf) return;
  if (manners.silent) await job.reminded;
  await step();
  // Nobody waits for an answer to what is wholly withdrawn.
  if (isNothingLeft(job)) return;
  if (answer === 'declines') {
    say({ type: 'declined', reason: `${code} cannot send it.` });
    return;
  }
  say({ type: 'accepted', reference });
  if (manners.soldOut > 0) {
    await step();
    const lines = takeUnits(job, manners.soldOut);
    if (lines.length > 0) say({ type: 'cancelled', lines, reason: 'Sold out.' });
  }
  let last: ReturnType<typeof takeParcel> = [];
  for (let number = 1; number <= parcels; number += 1) {
    await step();
    // What the shop has withdrawn by now stays here.
    const lines = takeParcel(job, parcels - number + 1);
    if (lines.length === 0) break;
    last = lines;
    const carrier = CARRIERS[number % CARRIERS.length] as string;
    const tracking = { carrier, number: `${reference}-${number}` };
    say({ type: 'shipped', lines, reference: `${reference}-${number}`, tracking });
  }
  const [back] = last;
  if (manners.returned > 0 && back) {
    await step();
    const quantity = Math.min(manners.returned, back.quantity);
    say({ type: 'returned', lines: [{ ...back, quantity }], reason: 'The customer sent it back.' });
  }
}
