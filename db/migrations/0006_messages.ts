import type { Knex } from 'knex';

/** Messages to customers as they were written and what became of them; the outbox tells topics apart. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table outbox drop constraint outbox_order_number_kind_cause_key;
    alter table outbox add constraint outbox_once unique (order_number, topic, kind, cause);

    -- One for each row of the outbox whose topic is "message", from when it is first written.
    create table messages (
      id uuid primary key references outbox on delete cascade,
      order_number text not null references orders on delete cascade,
      status text not null check (status in ('waiting', 'sent', 'not sent', 'failed')),
      sender text not null,
      recipient text not null,
      subject text not null,
      text text not null,
      html text not null,
      message_id text not null unique,
      attempts integer not null default 0,
      why text,
      created_at timestamptz(3) not null default now(),
      sent_at timestamptz(3),
      check ((status = 'sent') = (sent_at is not null))
    );
    -- What older releases owed and never sent is not sent now, months late; send-message sends it.
    insert into messages
      (id, order_number, status, sender, recipient, subject, text, html, message_id, why)
      select id, order_number, 'not sent', '', '', '', '', '', '<' || id || '@outbox>',
        'It was owed before messages were sent at all.'
      from outbox where topic = 'message';
    update outbox set started_at = now() where topic = 'message' and started_at is null;

    create index messages_of_order on messages (order_number);
    create index messages_failed on messages (created_at) where status = 'failed';
  `);
}
