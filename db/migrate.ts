import { connect } from './connection';
import { migrations } from './migrations/index';

/** Any number that nobody else locks on this database. */
const LOCK = 7_214_523_001;

const migrationSource = {
  getMigrations: () => Promise.resolve(Object.keys(migrations)),
  getMigrationName: (name: string) => name,
  getMigration: (name: string) =>
    Promise.resolve({ up: migrations[name as keyof typeof migrations], down: irreversible }),
};

/** Brings the database's tables up to date; callers at the same time wait for each other. */
export async function migrate(databaseUrl: string): Promise<void> {
  const knex = connect(databaseUrl, {
    min: 0,
    max: 2,
    applicationName: 'conveyor migrate',
    statementTimeoutMs: 0,
  });
  try {
    await knex.transaction(async (lock) => {
      await lock.raw('select pg_advisory_xact_lock(?)', [LOCK]);
      // Whoever held knex's own lock died with it: the advisory lock lets in one at a time.
      await knex.migrate.forceFreeMigrationsLock();
      await knex.migrate.latest({ migrationSource });
    });
  } finally {
    await knex.destroy();
  }
}

function irreversible(): Promise<void> {
  return Promise.reject(new Error('Migrations go forward only: restore a backup instead.'));
}
