import type { Knex } from 'knex';
import { deliveryOf } from '../../db/deliveries/again';
import { beginAttempt, endAttempt } from '../../db/deliveries/attempts';
import {
  findDelivery,
  keepDelivery,
  settleDelivery,
  type Delivery,
} from '../../db/deliveries/deliveries';
import { loadOrder } from '../../db/orders';
import { findPartner, type Partner } from '../../db/partners/registry';
import { isItsTurn } from '../../db/partners/turns';
import type { Actor, Command } from '../../machines/events';
import type { Letter, TestLetter } from '../../machines/letters/letters';
import type { writeLetter } from '../../machines/letters/writing';
import type { CommandSender } from '../batches/working';
import {
  orderOf,
  type Deliverer,
  type Delivered,
  type Ended,
  type OutboxRow,
  type Trial,
} from '../delivery';
import { carry, type Carried, type Carriers } from './carrier';

/** Who writes letters, and how they get to partners. */
export interface LettersOut {
  readonly knex: Knex;
  readonly write: typeof writeLetter;
  readonly carriers: Carriers;
  /** Tells an order what its partner answered. */
  readonly send: CommandSender;
  readonly now?: () => Date;
}

/** A letter that was written, whom it is for, and the row that has it sent. */
interface Posting {
  readonly row: OutboxRow;
  readonly code: string;
  readonly delivery: Delivery;
  readonly letter: Letter | TestLetter;
}

const onBehalf: Actor = { role: 'system', name: 'delivery' };

/** Letters to fulfilment partners: written once, kept as they are sent, and carried the partner's own way. */
export function createLetterDeliverer(out: LettersOut): Deliverer {
  const { knex, write, carriers, send, now = () => new Date() } = out;

  async function written(row: OutboxRow, code: string): Promise<Delivery> {
    const { id, kind: type } = row;
    const number = orderOf(row);
    const [order, partner] = await Promise.all([loadOrder(knex, number), findPartner(knex, code)]);
    if (!order) throw new Error(`There is no order ${number}.`);
    const [at, terms] = [now().toISOString(), partner?.terms ?? {}];
    return keepDelivery(knex, {
      ...{ id, kind: 'partner', target: code, order: number, type },
      write: (sequence) => JSON.stringify(write(order, { ...row, at }, sequence, terms)),
    });
  }

  async function postingOf(row: OutboxRow): Promise<Posting> {
    const code = codeOf(row);
    const delivery = (await findDelivery(knex, deliveryOf(row))) ?? (await written(row, code));
    return { row, code, delivery, letter: JSON.parse(delivery.body) as Letter | TestLetter };
  }

  async function failed({ delivery, letter, code }: Posting, why: string): Promise<Ended> {
    const { id, type: kind } = delivery;
    await settleDelivery(knex, id, { status: 'failed', why });
    if (letter.type === 'test') return { outcome: 'failed', says: why };
    const report = { type: 'partner.unreachable', partner: code, letter: id, kind, why } as const;
    return { outcome: 'failed', says: why, report };
  }

  /** Sends the partner's answer to its order; says why where the order could not be asked. */
  async function answered({ row, letter }: Posting, command: Command, actor: Actor) {
    if (letter.type === 'test') return undefined;
    const id = `letter/${letter.id}/${command.type}`;
    const told = await send(letter.order, command, { id, actor, cause: String(row.payload.event) });
    return told.outcome === 'failed' ? (told.why ?? 'The order did not answer.') : undefined;
  }

  /** It is delivered, whatever its order says to that; a second time it is only the order that is asked. */
  async function taken(posting: Posting, partner: Partner | undefined): Promise<Delivered> {
    const { letter, delivery } = posting;
    await settleDelivery(knex, delivery.id, { status: 'delivered' });
    // A partner that gives no answer has accepted what has reached it.
    if (letter.type === 'order' && partner?.capabilities.accepts === false) {
      const { handOver } = letter;
      const why = await answered(posting, { type: 'accept-hand-over', handOver }, onBehalf);
      if (why !== undefined) return { outcome: 'later', says: why };
    }
    return { outcome: 'done', says: 'delivered' };
  }

  async function refused(posting: Posting, why: string): Promise<Delivered> {
    const { code, letter, delivery } = posting;
    if (letter.type === 'order') {
      const { handOver } = letter;
      const command = { type: 'decline-hand-over', handOver, reason: why } as const;
      const unsaid = await answered(posting, command, { role: 'partner', name: code });
      if (unsaid !== undefined) return { outcome: 'later', says: unsaid };
    }
    await settleDelivery(knex, delivery.id, { status: 'failed', why: `Declined: ${why}` });
    return { outcome: 'done', says: `declined: ${why}` };
  }

  /** Carries it once, and keeps what came of it. */
  async function attempted(
    { delivery: { id, body }, letter }: Posting,
    partner: Partner,
    trial: Trial | undefined,
  ): Promise<Carried> {
    const attempt = await beginAttempt(knex, id);
    const begun = now();
    const carried = await carry(carriers, partner, { id, letter, body });
    const { outcome, status, excerpt } = carried;
    const waitMs = outcome === 'later' ? trial?.nextMs : undefined;
    await endAttempt(knex, id, attempt, {
      ...{ status, excerpt, tookMs: now().getTime() - begun.getTime() },
      ...(outcome !== 'taken' && { why: carried.why }),
      ...(waitMs !== undefined && { nextAt: new Date(now().getTime() + waitMs).toISOString() }),
    });
    return carried;
  }

  return {
    async deliver(row, trial) {
      if (!(await isItsTurn(knex, row, codeOf(row)))) {
        return { outcome: 'later', says: 'The partner has not been told what came before.' };
      }
      const posting = await postingOf(row);
      const { code, delivery, letter } = posting;
      const partner = await findPartner(knex, code);
      // This row has delivered it before, or another one that sent it again.
      if (delivery.status === 'delivered') return taken(posting, partner);
      if (!partner) return failed(posting, unknown(code, delivery));
      const objection = objectionTo(partner, delivery);
      if (objection !== undefined) return failed(posting, objection);
      const carried = await attempted(posting, partner, trial);
      if (carried.outcome === 'taken') return taken(posting, partner);
      if (carried.outcome === 'refused') return refused(posting, carried.why);
      // Whoever tests the way to a partner looks at what came of it, and mends it, and tests again.
      if (letter.type === 'test') return failed(posting, carried.why);
      const { why: says, notBeforeMs } = carried;
      return { outcome: 'later', says, ...(notBeforeMs !== undefined && { notBeforeMs }) };
    },

    async giveUp(row, why) {
      return failed(await postingOf(row), why);
    },
  };
}

function codeOf({ payload }: OutboxRow): string {
  return String(payload.partner);
}

function again(code: string, { id }: Delivery): string {
  return `then POST /v1/partners/${code}/messages/${id}/redeliveries sends it.`;
}

function unknown(code: string, delivery: Delivery): string {
  return `There is no partner ${code}: PUT /v1/partners/${code} registers it, ${again(code, delivery)}`;
}

/** Why a partner is not sent this at all, and what to do about it. */
function objectionTo(
  { code, name, active, capabilities }: Partner,
  delivery: Delivery,
): string | undefined {
  // The way is tested before letters are sent.
  if (!active && delivery.type !== 'test')
    return `${name} is not active: make it so, ${again(code, delivery)}`;
  if (delivery.type === 'cancellation' && capabilities.cancellations === false) {
    return `${name} reads no cancellations: call them, and say which units are not to be sent.`;
  }
  return undefined;
}
