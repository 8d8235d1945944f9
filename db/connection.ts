import createKnex, { type Knex } from 'knex';
import { types } from 'pg';

export interface ConnectionOptions {
  readonly min: number;
  readonly max: number;
  /** Names this process in `pg_stat_activity`. */
  readonly applicationName: string;
  /** How long one statement may take; 15 s unless said, 0 for ever. */
  readonly statementTimeoutMs?: number;
}

const INT8: number = types.builtins.INT8;
const TIMESTAMPTZ: number = types.builtins.TIMESTAMPTZ;
const CONNECT_WITHIN_MS = 5_000;
/** After so much silence a connection is tried: its other end may be gone without a word. */
const KEEP_ALIVE_MS = 10_000;

const nothing = () => undefined;
/** What knex would print is thrown at its caller as well. */
const silent = { warn: nothing, error: nothing, deprecate: nothing, debug: nothing };

/** A pool of connections; int8 arrives as a number (or throws when it is none), a time as ISO 8601 in UTC. */
export function connect(databaseUrl: string, options: ConnectionOptions): Knex {
  const { min, max, applicationName, statementTimeoutMs = 15_000 } = options;
  return createKnex({
    client: 'pg',
    connection: {
      connectionString: databaseUrl,
      application_name: applicationName,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      statement_timeout: statementTimeoutMs,
      // A process that stopped in the middle of a transaction must not hold its locks for ever.
      idle_in_transaction_session_timeout: statementTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      types: { getTypeParser: parserOf },
    },
    pool: { min, max },
    log: silent,
    // Else the message of each error has the statement's values, which are customers' among others.
    compileSqlOnError: false,
    acquireConnectionTimeout: CONNECT_WITHIN_MS,
  });
}

type Parse = (text: string) => unknown;

const parseTime = types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date;

const parserOf: Knex.PgGetTypeParser = (oid, format): Parse => {
  if (oid === INT8) return safeInteger;
  if (oid === TIMESTAMPTZ) return (text) => parseTime(text).toISOString();
  return types.getTypeParser(oid, format as 'text') as Parse;
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`${text} from the database is more than a number can hold exactly.`);
}
