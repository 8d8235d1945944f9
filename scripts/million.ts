import { connect } from '../db/connection';
import { migrate } from '../db/migrate';
import { readSettings } from '../config';
import { fillOrders } from './million/fill';

const USUAL = 1_000_000;

/** `DATABASE_URL=… npm run million [-- 50000]`: fills an empty database with believable orders. */
async function main(): Promise<void> {
  const orders = Number(process.argv[2] ?? USUAL);
  if (!Number.isInteger(orders) || orders < 1) {
    throw new Error(`Say how many orders as a whole number from 1, not ${process.argv[2]}.`);
  }
  const { databaseUrl } = readSettings();
  if (databaseUrl === undefined) {
    throw new Error('Set DATABASE_URL to an empty database whose owner is a superuser.');
  }
  await migrate(databaseUrl);
  const knex = connect(databaseUrl, {
    min: 0,
    max: 1,
    applicationName: 'conveyor million',
    statementTimeoutMs: 0,
  });
  try {
    const present = await knex('orders').first<{ number: string } | undefined>('number');
    if (present) throw new Error('This database has orders: choose an empty one.');
    const began = performance.now();
    await fillOrders(knex, { orders, until: new Date().toISOString() });
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    process.stdout.write(`${orders} orders in ${seconds} s\n`);
  } finally {
    await knex.destroy();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message.slice(-500) : String(error)}\n`);
  process.exitCode = 1;
});
