import type { Knex } from 'knex';

export type MessageStatus = 'waiting' | 'sent' | 'not sent' | 'failed';

/** A message as it was written, and what became of it. */
export interface Message {
  readonly id: string;
  readonly status: MessageStatus;
  readonly sender: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly message_id: string;
  readonly attempts: number;
  readonly why: string | null;
}

export type NewMessage = Omit<Message, 'status' | 'attempts' | 'why'> & {
  readonly order_number: string;
};

export async function findMessage(knex: Knex, id: string): Promise<Message | undefined> {
  return knex('messages').where({ id }).first<Message | undefined>();
}

/** Keeps a message as it was first written; written again, the first stays and is what is sent. */
export async function keepMessage(knex: Knex, message: NewMessage): Promise<Message> {
  await knex('messages')
    .insert({ ...message, status: 'waiting' })
    .onConflict('id')
    .ignore();
  return (await findMessage(knex, message.id)) as Message;
}

/** Counts an attempt before it is made. */
export async function countAttempt(knex: Knex, id: string): Promise<void> {
  await knex('messages').where({ id }).increment('attempts', 1);
}

/** What became of a message; one that was sent stays sent, whatever a late attempt says. */
export async function settleMessage(
  knex: Knex,
  id: string,
  { status, why }: { readonly status: MessageStatus; readonly why?: string },
): Promise<void> {
  await knex('messages')
    .where({ id })
    .whereNot('status', 'sent')
    .update({
      status,
      why: why ?? null,
      ...(status === 'sent' && { sent_at: knex.fn.now() }),
    });
}

/** A message in an order's list; what is not written yet waits, and has no words. */
export interface ListedMessage {
  readonly id: string;
  /** The order's. */
  readonly number: string;
  readonly seq: number;
  readonly kind: string;
  readonly cause: string;
  /** The shipping event that it speaks of. */
  readonly shippingEvent: string | null;
  readonly status: MessageStatus;
  readonly to: string | null;
  readonly subject: string | null;
  readonly why: string | null;
  readonly attempts: number;
  readonly messageId: string | null;
  readonly createdAt: string;
  readonly sentAt: string | null;
}

export interface FullMessage extends ListedMessage {
  readonly from: string | null;
  readonly text: string | null;
  readonly html: string | null;
}

/** What of a message and of what owes it a list shows. */
export const listed = {
  id: 'o.id',
  number: 'o.order_number',
  seq: 'o.seq',
  kind: 'o.kind',
  cause: 'o.cause',
  to: 'm.recipient',
  subject: 'm.subject',
  why: 'm.why',
  messageId: 'm.message_id',
  createdAt: 'o.created_at',
  sentAt: 'm.sent_at',
};

/** Every message that is or was owed to a customer, written or not. */
export function owedMessages(knex: Knex) {
  return knex('outbox as o')
    .leftJoin('messages as m', 'm.id', 'o.id')
    .where('o.topic', 'message')
    .select(
      knex.raw(`coalesce(m.status, 'waiting') as status`),
      knex.raw('coalesce(m.attempts, 0) as attempts'),
      knex.raw(`o.payload ->> 'shippingEvent' as "shippingEvent"`),
    );
}

/** Everything the customer of an order was or is to be told, oldest first; the newest 500 at most. */
export async function listMessages(knex: Knex, number: string): Promise<readonly ListedMessage[]> {
  const newest = owedMessages(knex)
    .where('o.order_number', number)
    .select<ListedMessage[]>(listed)
    .orderBy([
      { column: 'o.seq', order: 'desc' },
      { column: 'o.id', order: 'desc' },
    ])
    .limit(500);
  return ((await newest) as ListedMessage[]).toReversed();
}

/** One message with its words; undefined when the order has none of this id. */
export async function readMessage(
  knex: Knex,
  number: string,
  id: string,
): Promise<FullMessage | undefined> {
  return owedMessages(knex)
    .where({ 'o.order_number': number, 'o.id': id })
    .first<FullMessage | undefined>({
      ...listed,
      from: 'm.sender',
      text: 'm.text',
      html: 'm.html',
    });
}
