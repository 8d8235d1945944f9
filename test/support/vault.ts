import { createVault } from '../../db/secrets/vault';

/** What tests seal secrets with. */
export const testKeys: readonly string[] = [Buffer.alloc(32, 'test').toString('base64')];

/** The vault of the system under test. */
export const testVault = createVault(testKeys);
