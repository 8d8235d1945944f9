import type { Knex } from 'knex';
import { findCommand } from '../../db/commands';
import { findOrder } from '../../db/orders';
import {
  parkMessage,
  releaseMessage,
  settleMessage,
  type ClaimedMessage,
} from '../../db/partners/inbox-work';
import type { Actor, Command } from '../../machines/events';
import type * as pure from '../../machines/letters/judging';
import type { CommandSender, Told } from '../batches/working';

export interface WorkingDependencies {
  readonly send: CommandSender;
  /** What is to be done about a message, which is decided purely. */
  readonly judging: Pick<typeof pure, 'judge' | 'mayYetPass'>;
}

/** How often a message is judged anew because its order moved on meanwhile. */
const TURNS = 5;
/** How long a parked message waits though its order does not move; longer each time. */
const PARKED_MS = { first: 30_000, most: 3_600_000 };
/** How long one waits that nobody could be told of. */
const AGAIN_MS = { first: 1_000, most: 30_000 };
/** How long money under way is waited for before the order is asked again. */
const MONEY_MS = 5_000;

const growing = ({ first, most }: typeof AGAIN_MS, tries: number) =>
  Math.min(first * 2 ** (tries - 1), most);

/** The lasting id of the command that is made of a message; trying anew what was refused is another command. */
function commandIdOf({ partner, id, round }: ClaimedMessage): string {
  return `partner${round === 1 ? '' : `-${round}`}/${partner}/${id}`;
}

/** What an order said, and what it was asked where that is known. */
interface Answered extends Told {
  readonly asked?: { readonly command: Command; readonly isLast: boolean; readonly until: string };
}

/** Brings messages of partners to their orders: one is worked on once, whoever dies when. */
export function createWorking({ send, judging }: WorkingDependencies) {
  /** Asks the order, unless it has answered before; undefined when the message was parked or refused without it. */
  async function ask(knex: Knex, message: ClaimedMessage): Promise<Answered | undefined> {
    const id = commandIdOf(message);
    const known = await findCommand(knex, message.order, id);
    if (known) return known;
    const actor: Actor = { role: 'partner', name: message.partner };
    const cause = `message ${message.id}`;
    for (let turn = 1; turn <= TURNS; turn += 1) {
      const order = await findOrder(knex, message.order);
      const judged = judging.judge(order, message, new Date().toISOString());
      if (judged.does === 'refuse') {
        await settleMessage(knex, message, { status: 'refused', why: judged.why });
        return undefined;
      }
      if (judged.does === 'park') {
        await park(knex, message, { ...judged, on: order?.version });
        return undefined;
      }
      const { command, isLast, until } = judged;
      const version = order?.version;
      const told = await send(message.order, command, { id, actor, cause, version });
      if (told.refusal?.code !== 'precondition-failed') {
        return { ...told, asked: { command, isLast, until } };
      }
    }
    return { outcome: 'failed', why: 'The order moved on each time that it was asked.' };
  }

  /** Until its order moves, or for a while; at the end of its time the order has to say what it thinks. */
  async function park(
    knex: Knex,
    message: ClaimedMessage,
    { why, until, on, isAnew }: { why: string; until: string; on?: number; isAnew?: boolean },
  ): Promise<void> {
    const left = Math.max(0, Date.parse(until) - Date.now());
    const waitMs = Math.min(growing(PARKED_MS, message.tries), left);
    await parkMessage(knex, message, { why, on, isAnew, waitMs });
  }

  return async function workOn(knex: Knex, message: ClaimedMessage): Promise<void> {
    const answered = await ask(knex, message);
    if (!answered) return;
    const { outcome, refusal, why, asked } = answered;
    const command = commandIdOf(message);
    switch (outcome) {
      case 'done':
        return settleMessage(knex, message, { status: 'done', command });
      case 'refused': {
        const detail = refusal?.detail ?? 'The order refused it.';
        if (asked && !asked.isLast && refusal && judging.mayYetPass(refusal, asked.command)) {
          const on = (await findOrder(knex, message.order))?.version;
          return park(knex, message, { why: detail, until: asked.until, on, isAnew: true });
        }
        return settleMessage(knex, message, { status: 'refused', why: detail, refusal, command });
      }
      case 'pending': {
        const says = 'The order has taken it, and waits to know whether its money moved.';
        return releaseMessage(knex, message, { why: says, waitMs: MONEY_MS });
      }
      case 'failed': {
        const says = why ?? 'The order could not be told.';
        return releaseMessage(knex, message, { why: says, waitMs: waitOf(message) });
      }
    }
  };
}

/** How long a message waits before it is tried again that nobody could be told of. */
export function waitOf({ tries }: ClaimedMessage): number {
  return growing(AGAIN_MS, tries);
}
