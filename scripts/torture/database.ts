import type { Knex } from 'knex';
import { connect } from '../../db/connection';
import { openCluster } from '../parts/postgres-cluster';
import { postgresUrl } from '../parts/postgres';
import type { Everything } from './running';

/** The database of a run, for whoever judges it; `destroy` it at the end. */
export async function databaseOf({ dataDir, processes }: Everything): Promise<Knex> {
  const cluster = await openCluster(dataDir, new AbortController().signal);
  const url = postgresUrl({ cluster, port: processes().postgres?.port ?? 0 });
  return connect(url, { min: 0, max: 2, applicationName: 'conveyor judge' });
}
