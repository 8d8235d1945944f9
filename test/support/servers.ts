import { migrate } from '../../db/migrate';
import { createTemplate } from './database';
import { startTestServers } from './stack';

/** Starts PostgreSQL with the migrated template and Temporal; resolves to what stops them. */
export async function startServers(): Promise<() => Promise<void>> {
  const servers = await startTestServers();
  process.env.TEST_POSTGRES_URL = servers.postgresUrl;
  process.env.TEST_TEMPORAL_ADDRESS = servers.temporalAddress;
  try {
    await createTemplate(migrate);
  } catch (error) {
    await servers.stop();
    throw error;
  }
  return () => servers.stop();
}
