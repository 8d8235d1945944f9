import type { Knex } from 'knex';
import {
  countAttempt,
  findMessage,
  keepMessage,
  settleMessage,
  type Message,
} from '../../db/outbox/messages';
import { loadOrder } from '../../db/orders';
import type { StoredOrder } from '../../machines/history';
import type { MessageCause } from '../../machines/views/message';
import { orderOf, type Deliverer, type Ended, type OutboxRow } from '../delivery';
import type { Mailer } from './smtp';
import type { WriteMessage } from './templates';

export interface MailOptions {
  readonly knex: Knex;
  readonly write: WriteMessage;
  /** The order in the words of templates. */
  readonly view: (order: StoredOrder, cause: MessageCause) => object;
  /** Whom messages are from. */
  readonly from: string;
  /** Without one, messages are written, kept and not sent. */
  readonly mailer?: Mailer;
}

const NO_SERVER = 'SMTP_URL was not set when it was written.';

/** Messages to customers: written once, kept as they are sent, and sent once as far as mail can be. */
export function createMail({ knex, write, view, from, mailer }: MailOptions): Deliverer {
  async function written(row: OutboxRow): Promise<Message> {
    const { id, kind, payload } = row;
    const number = orderOf(row);
    const known = await findMessage(knex, id);
    if (known) return known;
    const order = await loadOrder(knex, number);
    if (!order) throw new Error(`There is no order ${number}.`);
    const words = write(kind, view(order, payload));
    return keepMessage(knex, {
      ...words,
      ...{ id, order_number: number, sender: from, message_id: messageIdOf(id, from) },
      recipient: order.state.context.placement?.customer.email ?? '',
    });
  }

  async function failed({ id, kind }: OutboxRow, why: string): Promise<Ended> {
    await settleMessage(knex, id, { status: 'failed', why });
    return {
      outcome: 'failed',
      says: why,
      report: { type: 'message.failed', message: id, kind, why },
    };
  }

  return {
    async deliver(row) {
      const message = await written(row);
      const { id, status, sender, recipient, subject, text, html, message_id: messageId } = message;
      if (status === 'sent') return { outcome: 'done', says: 'sent' };
      // Setting SMTP_URL later sends nothing old by itself.
      if (status === 'not sent') return { outcome: 'done', says: `not sent: ${NO_SERVER}` };
      if (status === 'failed') return failed(row, message.why ?? '');
      if (!mailer) {
        await settleMessage(knex, id, { status: 'not sent', why: NO_SERVER });
        return { outcome: 'done', says: `not sent: ${NO_SERVER}` };
      }
      await countAttempt(knex, id);
      try {
        const mail = { from: sender, to: recipient, subject, text, html, messageId };
        const sent = await mailer.send(mail);
        if (sent.outcome === 'refused') return await failed(row, sent.why);
      } catch (error) {
        const why = String(error).slice(0, 500);
        await settleMessage(knex, id, { status: 'waiting', why });
        return { outcome: 'later', says: why };
      }
      await settleMessage(knex, id, { status: 'sent' });
      return { outcome: 'done', says: 'sent' };
    },

    async giveUp(row, why) {
      const known = await findMessage(knex, row.id);
      if (known?.status === 'sent') return { outcome: 'done', says: 'sent' };
      if (!known) {
        // It could not even be written; the list is to say so all the same.
        const blank = { sender: from, recipient: '', subject: '', text: '', html: '' };
        const message_id = messageIdOf(row.id, from);
        await keepMessage(knex, { ...blank, id: row.id, order_number: orderOf(row), message_id });
      }
      return failed(row, why);
    },
  };
}

/** The same at each attempt, so that a mail server or a reader knows a repetition. */
function messageIdOf(id: string, from: string): string {
  const [, domain = 'localhost'] = /@([^\s>]+)>?\s*$/.exec(from) ?? [];
  return `<${id}@${domain}>`;
}
