import { readConfig } from '../config';
import { connect } from '../db/connection';
import { sealAnew } from '../db/secrets/sealing-anew';
import { createVault } from '../db/secrets/vault';

/** `npm run seal-anew`: what the database keeps sealed is sealed with the first key of SECRETS_KEY, so that the others can go. */
async function main(): Promise<void> {
  const { databaseUrl, secretsKeys } = readConfig();
  const vault = createVault(secretsKeys);
  const knex = connect(databaseUrl, { min: 0, max: 1, applicationName: 'seal-anew' });
  try {
    const count = await sealAnew(knex, vault);
    const says = count === 0 ? 'Nothing was sealed with another key.' : `${count} sealed anew.`;
    process.stdout.write(`${says} Only the first key of SECRETS_KEY is needed now.\n`);
  } finally {
    await knex.destroy();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
