import path from 'node:path';
import type { Deliverer } from '../delivery';
import { createMail, type MailOptions } from './deliverer';
import { createMailer } from './smtp';
import { loadTemplates } from './templates';

export interface MailSetUp extends Pick<MailOptions, 'knex' | 'view' | 'from'> {
  readonly smtpUrl: string | undefined;
  /** The shop's table's own file, beside which its templates are; the product's own without it. */
  readonly shopFile: string | undefined;
  /** Kinds that must have a template. */
  readonly kinds: readonly string[];
}

/** The product's own templates, beside the default shop's table. */
const OWN = path.join(__dirname, '../../machines/messages');

/** Sets up the delivery of messages; throws what is wrong with the templates, a sentence each. */
export async function setUpMail(setUp: MailSetUp): Promise<Deliverer> {
  const { knex, view, from, smtpUrl, shopFile, kinds } = setUp;
  const beside = shopFile === undefined ? [] : [path.join(path.dirname(shopFile), 'messages')];
  const { write, faults } = await loadTemplates([...beside, OWN], kinds);
  if (faults.length > 0) {
    throw new Error(`The templates of messages are not complete:\n${faults.join('\n')}`);
  }
  const mailer = smtpUrl === undefined ? undefined : createMailer(smtpUrl);
  return createMail({ knex, write, view, from, mailer });
}
