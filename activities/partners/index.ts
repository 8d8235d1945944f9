import type { Knex } from 'knex';
import { credentialOf } from '../../db/partners/secrets';
import { partnerSigner, secretsOf } from '../../db/secrets/signing';
import type { Vault } from '../../db/secrets/vault';
import type { CommandSender } from '../batches/working';
import type { Deliverer } from '../delivery';
import { createDestinations } from '../sending/addresses';
import { createPoster } from '../sending/post';
import { createLetterDeliverer, type LettersOut } from './deliverer';
import { createFolderCarrier, type FolderWay } from './folder';
import { createHttpCarrier } from './http';
import { createSftpCarrier } from './sftp';

export interface LettersSetting extends FolderWay {
  readonly knex: Knex;
  readonly vault: Vault;
  readonly write: LettersOut['write'];
  readonly send: CommandSender;
  /** Private addresses and hosts that may be sent to all the same. */
  readonly allowed: readonly string[];
}

/** For one letter; a partner that needs longer is asked again. */
const WITHIN_MS = 15_000;

/** Letters to partners by every way that there is. */
export function setUpLetters(setting: LettersSetting): Deliverer {
  const { knex, vault, write, send, allowed, fileOf } = setting;
  return createLetterDeliverer({
    ...{ knex, write, send },
    carriers: {
      http: createHttpCarrier({
        post: createPoster({ allowed, timeoutMs: WITHIN_MS }),
        secretsOf: (partner) => secretsOf(knex, vault, partnerSigner, partner),
      }),
      folder: createFolderCarrier(setting),
      sftp: createSftpCarrier({
        destinationOf: createDestinations(allowed),
        credentialOf: (partner) => credentialOf(knex, vault, partner),
        ...{ fileOf, timeoutMs: WITHIN_MS },
      }),
    },
  });
}
