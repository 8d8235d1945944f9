import type { Knex } from 'knex';
import type { TestLetter } from '../../machines/letters/letters';
import { OUTBOX_CHANNEL } from '../commits/notice';

/** Has a partner sent a letter that is about no order; it goes the way of every letter. */
export async function sendTest(knex: Knex, letter: TestLetter): Promise<void> {
  const { id, partner, type } = letter;
  await knex.transaction(async (trx) => {
    const row = { id, seq: 0, topic: 'partner', kind: type, cause: id };
    await trx('outbox').insert({ ...row, payload: JSON.stringify({ partner }) });
    const body = JSON.stringify(letter);
    await trx('deliveries').insert({ id, kind: 'partner', target: partner, type, body });
    await trx.raw('select pg_notify(?, ?)', [OUTBOX_CHANNEL, `${id}:0`]);
  });
}
