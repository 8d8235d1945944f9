import type { Letter, Units } from './wire';

type Counted = { readonly id: string; readonly quantity: number };

/** A hand-over as this partner works on it. */
export interface Job {
  readonly order: string;
  readonly handOver: string;
  /** What was ordered; empty while only a cancellation has arrived, which may overtake the order. */
  readonly asked: Units[];
  /** Units by line that the shop does not want any more, and that we have done something about. */
  readonly withdrawn: Map<string, number>;
  readonly done: Map<string, number>;
  /** Resolves with the shop's first reminder, or once nothing is left to be reminded of. */
  readonly reminded: Promise<void>;
  remind(): void;
}

function newJob({ order, handOver }: Letter): Job {
  let remind: () => void = () => undefined;
  const reminded = new Promise<void>((resolve) => (remind = resolve));
  const [withdrawn, done] = [new Map<string, number>(), new Map<string, number>()];
  return { order, handOver, asked: [], withdrawn, done, reminded, remind };
}

/** All hand-overs, by order and hand-over: an order that was given to somebody else may come back as another. */
export class Jobs {
  private readonly all = new Map<string, Job>();

  of(letter: Letter): Job {
    const key = `${letter.order}/${letter.handOver}`;
    const job = this.all.get(key) ?? newJob(letter);
    this.all.set(key, job);
    return job;
  }
}

function add(counts: Map<string, number>, { id, quantity }: Counted): void {
  counts.set(id, (counts.get(id) ?? 0) + quantity);
}

/** Takes units off what is still to be sent. */
export function withdraw(job: Job, units: readonly Counted[]): void {
  for (const each of units) add(job.withdrawn, each);
}

/** Units that are neither withdrawn nor done with, by line; lines without any are left out. */
function open(job: Job): Counted[] {
  return job.asked
    .map(({ id, quantity }) => {
      const gone = (job.withdrawn.get(id) ?? 0) + (job.done.get(id) ?? 0);
      return { id, quantity: quantity - gone };
    })
    .filter(({ quantity }) => quantity > 0);
}

/** Whether everything that was ordered is withdrawn or done with. */
export function isNothingLeft(job: Job): boolean {
  return job.asked.length > 0 && open(job).length === 0;
}

/** Takes up to so many open units in hand, in the order of the lines; nobody takes them again. */
export function takeUnits(job: Job, most: number): Counted[] {
  let left = most;
  const taken = open(job).flatMap(({ id, quantity }) => {
    const units = Math.min(quantity, left);
    left -= units;
    return units > 0 ? [{ id, quantity: units }] : [];
  });
  for (const each of taken) add(job.done, each);
  return taken;
}

/** Takes the next of so many parcels in hand: its share of all that is open. */
export function takeParcel(job: Job, parcelsLeft: number): Counted[] {
  const units = open(job).reduce((sum, { quantity }) => sum + quantity, 0);
  return takeUnits(job, Math.ceil(units / parcelsLeft));
}
