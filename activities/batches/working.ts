import type { Knex } from 'knex';
import {
  begin,
  end,
  progressOf,
  sendingOf,
  unfinished,
  type Progress,
  type Result,
  type Sending,
} from '../../db/batches/working';
import type { Actor, Command } from '../../machines/events';
import { mistake, retryTheWorld } from '../failures';

/** What an order said to a command. */
export type Told = Pick<Result, 'refusal' | 'why'> & {
  readonly outcome: 'done' | 'refused' | 'pending' | 'failed';
};

export type CommandSender = (
  number: string,
  command: Command,
  sender: {
    readonly id: string;
    readonly actor: Actor;
    readonly cause: string;
    /** The order's version that the command was decided on; on another one it is refused. */
    readonly version?: number;
  },
) => Promise<Told>;

export interface BatchDependencies {
  readonly send: CommandSender;
}

interface Surroundings extends BatchDependencies {
  readonly knex: Knex;
  /** Tells Temporal that the attempt is alive. */
  readonly heartbeat: () => void;
  /** Whether the process is about to end. */
  readonly isEnding: () => boolean;
}

/** Orders that one activity works on, and how many of them at once. */
const PART = 100;
const AT_ONCE = 8;
const HEARTBEAT_EVERY_MS = 1000;

/** Runs `work` on all items, a few at once; after a failure nothing more is begun. */
async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const failures: unknown[] = [];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
        left.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw failures[0];
}

/** Sending one command to many orders: once to each, whoever dies when. */
export function createBatchWork({ knex, send, heartbeat, isEnding }: Surroundings) {
  const sendTo = async (batch: string, number: string, { command, actor }: Sending) => {
    if (isEnding()) throw new Error('This worker ends; the next one goes on.');
    if (!(await begin(knex, batch, number))) return;
    // The same id whoever sends it and however often: the order does it once.
    const cause = `batch ${batch}`;
    const told = await send(number, command, { id: `batch-${batch}-${number}`, actor, cause });
    await end(knex, batch, number, told);
  };

  const workOn = async (batch: string): Promise<Progress> => {
    const sending = await sendingOf(knex, batch);
    if (!sending) throw mistake('NoSuchBatch', `There is no batch ${batch}.`);
    const numbers = await unfinished(knex, batch, PART);
    await eachOf(numbers, AT_ONCE, (number) => sendTo(batch, number, sending));
    return progressOf(knex, batch);
  };

  return {
    /** Works on the next orders of a batch; says how many are left after that. */
    async workOnBatch(batch: string): Promise<Progress> {
      const beat = setInterval(heartbeat, HEARTBEAT_EVERY_MS);
      try {
        return await retryTheWorld(() => workOn(batch));
      } finally {
        clearInterval(beat);
      }
    },
  };
}
