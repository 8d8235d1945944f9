import { join } from 'node:path';
import { startPartner, type Partner, type PartnerOptions } from '../../examples/partner/partner';
import { call } from '../demo/system';
import { Ports } from '../stack/ports';
import type { Everything } from '../torture/running';

/** Short, so that whoever is silent is given up while people look on. */
export const hastyTerms = {
  accept: { remind: { seconds: 6 }, escalate: { seconds: 20 }, giveUp: { seconds: 40 } },
  ship: { escalate: { hours: 1 } },
};
const FEED_EVERY_SECONDS = 5;
const FIRST_PORT = 4010;

interface Way {
  readonly code: string;
  readonly name: string;
  /** How it is told and heard, in a few words. */
  readonly says: string;
  readonly registered: (url: string) => { readonly transport: object; readonly feed?: object };
  readonly options: (everything: Everything) => Partial<PartnerOptions>;
}

/** Three partners, each reached in another way. */
const ways: readonly Way[] = [
  {
    code: 'lumen',
    name: 'Lumen',
    says: 'letters and callbacks over HTTP',
    registered: (url) => ({ transport: { kind: 'http', url: `${url}/letters` } }),
    options: ({ system }) => ({ callbacksTo: `${system.api}/v1/partners/lumen/callbacks` }),
  },
  {
    code: 'oak',
    name: 'Oak',
    says: 'letters over HTTP, and a feed that is picked up',
    registered: (url) => ({
      transport: { kind: 'http', url: `${url}/letters` },
      feed: { kind: 'http', url: `${url}/feed`, everySeconds: FEED_EVERY_SECONDS },
    }),
    options: () => ({}),
  },
  {
    code: 'crate',
    name: 'Crate',
    says: 'files in folders, both ways',
    registered: () => ({
      transport: { kind: 'folder', path: 'crate/letters' },
      feed: { kind: 'folder', path: 'crate/messages', everySeconds: FEED_EVERY_SECONDS },
    }),
    options: ({ dataDir }) => {
      const folder = join(dataDir, 'exchange', 'crate');
      return { folders: { letters: join(folder, 'letters'), messages: join(folder, 'messages') } };
    },
  },
];

/** A partner that runs and is registered. */
export interface Registered extends Partner {
  readonly says: string;
  readonly secret: string;
}

/**
 * Registers the partners with the shop, with these service-level times, and starts their services with the
 * secrets that it shows once.
 */
export async function startPartners(
  everything: Everything,
  terms: object = {},
): Promise<Registered[]> {
  const ports = Ports.rememberedIn(everything.dataDir);
  const partners: Registered[] = [];
  for (const { code, name, says, registered, options } of ways) {
    const port = await ports.free(code, FIRST_PORT);
    const { status, body } = await call(everything.system, 'PUT', `/v1/partners/${code}`, {
      ...{ name, terms },
      ...registered(`http://127.0.0.1:${port}`),
    });
    if (status >= 300) throw new Error(`${code} is not registered: ${JSON.stringify(body)}`);
    const secret = String(body.secret);
    const partner = await startPartner({
      ...{ code, secrets: [secret], port, longestPauseMs: 2_000 },
      ...options(everything),
    });
    partners.push({ ...partner, says, secret });
  }
  return partners;
}

/** Tells a partner how to behave, as anybody can who reaches its service. */
export async function makeCruel({ url }: Partner, cruelty: object): Promise<void> {
  const answer = await fetch(`${url}/cruelty`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(cruelty),
  });
  if (!answer.ok) throw new Error(`${url} cannot be as cruel as that: ${await answer.text()}`);
}
