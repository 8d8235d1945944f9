import { setTimeout as pause } from 'node:timers/promises';
import type { Life, Lived, Step, Told } from '../lives/life';
import { Hangs, persist, type Final } from './client';
import type { Everything } from './running';

/** Requests that all lives sent: the first of each, and again. */
export interface Sent {
  commands: number;
  repeated: number;
}

export interface Living {
  readonly everything: Everything;
  readonly sent: Sent;
  /** How long one command may take, in ms. */
  readonly withinMs: number;
}

/** Refusals that are about the moment: nothing was sent, and the same may be asked for again as a new command. */
const notNow: readonly unknown[] = ['gateway-unavailable', 'payment-outcome-unknown'];
const LATER_MS = 1_000;

type Body = Readonly<Record<string, unknown>>;

interface Refused {
  readonly code?: string;
  readonly figures?: { readonly moved?: number };
}

interface Command {
  readonly outcome?: string;
  readonly refusal?: Refused;
}

function told(key: string, { status, body }: Final): Told {
  const command = (body.command ?? {}) as Command;
  if (command.refusal) return { key, outcome: 'refused', code: command.refusal.code };
  if (status >= 400) return { key, outcome: 'refused', code: String(body.code) };
  // An order that was placed before is answered as it is, without a command.
  const isDone = command.outcome === 'done' || (!body.command && typeof body.number === 'string');
  return { key, outcome: isDone ? 'done' : 'something else' };
}

/** What is still wanted of an amount of which a part went through before the rest could not be sent. */
function rest(body: Body, { body: answer }: Final): Body {
  const { refusal = answer as Refused } = (answer.command ?? {}) as Command;
  const moved = refusal.figures?.moved ?? 0;
  return typeof body.amount === 'number' ? { ...body, amount: body.amount - moved } : body;
}

/** Sends until there is a final answer; what could not be tried just now is tried as a new command. */
async function send(
  { everything, sent, withinMs }: Living,
  path: string,
  body: Body,
  key: string,
): Promise<Told> {
  let wanted = body;
  const end = Date.now() + withinMs;
  for (let attempt = 1; ; attempt += 1) {
    sent.commands += 1;
    const answer = await persist(
      everything,
      path,
      wanted,
      attempt === 1 ? key : `${key}-again-${attempt}`,
      {
        withinMs: Math.max(0, end - Date.now()),
        repeated: () => void (sent.repeated += 1),
      },
    );
    const outcome = told(key, answer);
    if (!notNow.includes(outcome.code)) return outcome;
    wanted = rest(wanted, answer);
    await pause(LATER_MS);
  }
}

function take(living: Living, number: string, { key, command, callers }: Step): Promise<Told[]> {
  const path = `/v1/orders/${number}/commands`;
  const keys = {
    one: [key],
    twice: [key, key],
    rivals: [key, `${key}-rival`],
  };
  return Promise.all(keys[callers].map((each) => send(living, path, command, each)));
}

/** Lives one life to its end, or until one of its commands hangs. */
async function live(living: Living, life: Life): Promise<Lived> {
  const { number, request, steps } = life;
  const lived = { number, told: [] as Told[][] };
  let placing: Told | undefined;
  try {
    placing = await send(living, '/v1/orders', request, `${number}-place`);
    if (placing.outcome === 'done') {
      for (const step of steps) lived.told.push(await take(living, number, step));
    }
    return { ...lived, placing };
  } catch (error) {
    if (!(error instanceof Hangs)) throw error;
    return { ...lived, placing, hangs: error.message };
  }
}

/** Lives them all, so many at once, in their order; `news` is told after each. */
export async function liveAll(
  living: Living,
  lives: readonly Life[],
  { atOnce, news }: { readonly atOnce: number; readonly news: (lived: number) => void },
): Promise<Lived[]> {
  const all: Lived[] = [];
  const waiting = lives.values();
  const caller = async () => {
    for (const life of waiting) {
      all.push(await live(living, life));
      news(all.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return all;
}
