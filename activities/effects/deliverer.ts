import type { Knex } from 'knex';
import { loadOrder } from '../../db/orders';
import type { EffectCodes, EffectPayload } from '../../machines/calls/code';
import type { Report } from '../../machines/events';
import type { Duration, EffectRule, Json } from '../../machines/table';
import { orderOf, type Deliverer, type Ended, type OutboxRow } from '../delivery';

/** What the outbox has of a call. */
type CallRow = Pick<EffectPayload, 'about' | 'with'> & {
  readonly call: string;
  readonly event: string;
  readonly caused: Omit<EffectPayload['event'], 'id'>;
};

export interface EffectSetting {
  readonly knex: Knex;
  /** The shop's own code, by the effect's name. */
  readonly code: EffectCodes;
  readonly log: (says: string) => void;
  readonly now?: () => number;
  /** How long one try may take. */
  readonly timeoutMs?: number;
}

/** Shorter than the activity's own, so that the code hears of it before its worker does. */
const TIMEOUT_MS = 50_000;
const LONGEST_ANSWER = 10_000;
const LONGEST_WHY = 2_000;
const A_DAY: Duration = { days: 1 };

/** Thrown by `fail`: the code itself says that trying again would not help. */
class GivenUp extends Error {}

/** Runs the shop's own code for each call, until it has answered, has given up, or its time is over. */
export function createEffectDeliverer(setting: EffectSetting): Deliverer {
  const { knex, code, log, now = Date.now, timeoutMs = TIMEOUT_MS } = setting;

  const run = async ({ kind: name }: OutboxRow, payload: EffectPayload): Promise<Json | void> => {
    const effect = Object.hasOwn(code, name) ? code[name] : undefined;
    if (!effect) throw new Error(`This worker has no code for the effect ${name}.`);
    const signal = AbortSignal.timeout(timeoutMs);
    const fail = (why: string): never => {
      throw new GivenUp(why);
    };
    const say = (says: string) => log(`${name} of order ${payload.order.number}: ${says}`);
    return within(signal, async () => effect(payload, { signal, log: say, fail }));
  };

  return {
    async deliver(row) {
      const call = row.payload as unknown as CallRow;
      const number = orderOf(row);
      const stored = await loadOrder(knex, number);
      const placement = stored?.state.context.placement;
      if (!stored || !placement) throw new Error(`There is no order ${number}.`);
      const { value, context } = stored.state;
      const { lines, shipments } = context;
      const rule = stored.shop.effects?.[row.kind];
      const order = { number, status: value.status, placement, lines, shipments };
      const { call: key, with: given, about, event: id, caused } = call;
      const event = { id, ...caused };
      try {
        const answer = await run(row, { key, name: row.kind, with: given, about, event, order });
        return done(row, key, answer);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        const untilMs = Date.parse(caused.at) + lengthOf(rule) - now();
        if (error instanceof GivenUp || untilMs <= 0) return failed(row, key, why);
        log(`${row.kind} of order ${number} is tried again: ${why}`);
        // Whatever it threw: what is wrong with the shop's code may be mended while it is tried.
        return { outcome: 'later', says: why, untilMs };
      }
    },

    giveUp: (row, why) =>
      Promise.resolve(failed(row, (row.payload as unknown as CallRow).call, why)),
  };
}

function lengthOf(rule: EffectRule | undefined): number {
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = rule?.within ?? A_DAY;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** The work, or the end of its time, whichever is first. */
async function within<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  let stop = (): void => undefined;
  const over = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('It took too long.'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(), over]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function done({ kind: name }: OutboxRow, call: string, answer: Json | void): Ended {
  const kept = keepable(answer);
  const report: Report = {
    type: 'effect.done',
    ...{ call, name },
    ...(kept !== undefined && { answer: kept }),
  };
  return { outcome: 'done', report };
}

/** An answer as the order keeps it: JSON of a bearable size, or why it is not kept. */
function keepable(answer: Json | void): Json | undefined {
  if (answer === undefined) return undefined;
  try {
    const text = JSON.stringify(answer) as string | undefined;
    if (text === undefined) return undefined;
    if (text.length <= LONGEST_ANSWER) return JSON.parse(text) as Json;
    return {
      notKept: `${text.length} characters were answered; at most ${LONGEST_ANSWER} are kept.`,
    };
  } catch (error) {
    return { notKept: `What was answered is no JSON: ${String(error)}`.slice(0, LONGEST_WHY) };
  }
}

function failed({ kind: name }: OutboxRow, call: string, said: string): Ended {
  const why = (said.trim() || 'Nothing was said.').slice(0, LONGEST_WHY);
  return { outcome: 'failed', says: why, report: { type: 'effect.failed', call, name, why } };
}
