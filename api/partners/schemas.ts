import { z } from 'zod';
import type { PartnerFigures } from '../../db/partners/figures';
import type { Partner } from '../../db/partners/registry';
import { milliseconds } from '../../machines/duration';
import { count, shownTime, text } from '../schemas/common';
import { statusList } from '../schemas/message-status';

const LONGEST_URL = 2_000;
/** Names of folders, none of which leads out of where it begins. */
const FOLDERS = /^(?!.*(^|\/)\.{1,2}(\/|$))[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/;
const HOST_KEY = /^SHA256:[A-Za-z0-9+/]{43}$/;

export const partnerCode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,49}$/, {
    error: 'A partner has a code of up to 50 small letters, digits and "-".',
  })
  .meta({ description: 'The code of a fulfilment partner, as lines name it.', example: 'acme' });

export const partnerParams = z.object({ code: partnerCode });

const address = z
  .string()
  .max(LONGEST_URL)
  .refine(isAddress, {
    error: 'Write an address that begins with https:// or http://, without a user or a fragment.',
  })
  .meta({ description: 'Where it is posted to or fetched from.' });

/** A password in an address would be kept and shown in clear. */
function isAddress(written: string): boolean {
  if (!URL.canParse(written)) return false;
  const { protocol, username, password, hash } = new URL(written);
  return ['https:', 'http:'].includes(protocol) && username + password + hash === '';
}

const folder = z
  .string()
  .max(200)
  .regex(FOLDERS, { error: 'Write folders with "/" between them, such as acme/out.' })
  .meta({ description: 'In the folder of exchanged files, EXCHANGE_DIR.' });

const http = z.strictObject({ kind: z.literal('http'), url: address });
const files = z.strictObject({ kind: z.literal('folder'), path: folder });
const sftp = z.strictObject({
  kind: z.literal('sftp'),
  host: text(253).regex(/^[A-Za-z0-9.:-]+$/, { error: 'Write a name or an address of a server.' }),
  port: count.min(1).max(65_535).optional().meta({ description: '22 unless said.' }),
  user: text(100).min(1),
  path: text(500, 'A folder of the server, which has to exist.').min(1),
  hostKey: z
    .string()
    .regex(HOST_KEY, { error: 'Write it as ssh-keygen -l does: SHA256: and 43 letters.' })
    .optional()
    .meta({
      description:
        'What the server proves itself by. Nothing is sent without it; a test says which one the server shows.',
    }),
});

const transport = z.discriminatedUnion('kind', [http, files, sftp]).meta({
  id: 'PartnerTransport',
  description:
    'How a partner is told: posted to an address, or by a file in a folder of ours or of its server.',
});

const everySeconds = count.min(5).max(86_400);
const feed = z
  .discriminatedUnion('kind', [http.extend({ everySeconds }), files.extend({ everySeconds })])
  .meta({
    id: 'PartnerFeed',
    description: 'Where the messages of a partner that calls nobody are fetched, and how often.',
  });

const duration = z
  .strictObject({
    days: z.number().min(0).max(365).optional(),
    hours: z.number().min(0).max(8_760).optional(),
    minutes: z.number().min(0).max(525_600).optional(),
    seconds: z.number().min(0).max(31_536_000).optional(),
  })
  .refine((span) => milliseconds(span) > 0, { error: 'Write a time longer than none.' })
  .meta({ id: 'Duration', description: 'The parts add up.' });

const patience = z
  .strictObject({
    remind: duration.optional(),
    escalate: duration,
    giveUp: duration.optional(),
  })
  .refine(
    ({ remind, escalate, giveUp }) => {
      const after = milliseconds(escalate);
      return (!remind || milliseconds(remind) < after) && (!giveUp || milliseconds(giveUp) > after);
    },
    { error: 'A partner is reminded before people are asked, and given up after.' },
  )
  .meta({
    id: 'Patience',
    description:
      'From the beginning of a step: when the partner is reminded, when people are asked to look, when it is waited for no longer.',
  });

const terms = z
  .strictObject({ accept: patience.optional(), ship: patience.optional() })
  .meta({ id: 'PartnerTerms', description: 'Times that are not those of the shop’s table.' });

const capabilities = z
  .strictObject({
    accepts: z.boolean().optional(),
    cancellations: z.boolean().optional(),
    partial: z.boolean().optional(),
  })
  .meta({
    id: 'PartnerCapabilities',
    description:
      'What it can do, all of it unless said: answer what it is asked (else whatever reached it is accepted), read cancellations (else people call it), send an order in several parcels.',
  });

const credential = z
  .strictObject({
    password: text(1_000).min(1).optional(),
    privateKey: text(20_000).min(1).optional(),
    passphrase: text(1_000).min(1).optional(),
  })
  .refine(({ password, privateKey }) => password !== undefined || privateKey !== undefined, {
    error: 'A server is opened by a password or a private key.',
  })
  .meta({
    id: 'PartnerCredential',
    description:
      'What opens its SFTP server. Kept sealed and never shown; absent, the one kept stays.',
  });

export const putPartner = z
  .strictObject({
    name: text(200).min(1),
    active: z.boolean().default(true),
    transport,
    feed: feed.nullable().default(null),
    terms: terms.default({}),
    capabilities: capabilities.default({}),
    credential: credential.optional(),
  })
  .refine(({ transport: { kind }, credential: given }) => kind === 'sftp' || !given, {
    path: ['credential'],
    error: 'Only an SFTP server is opened by a credential.',
  })
  .meta({
    id: 'PutPartner',
    example: {
      name: 'Acme Warehousing',
      transport: { kind: 'http', url: 'https://acme.example/orders' },
    },
  });

export const partner = z
  .object({
    code: z.string(),
    name: z.string(),
    active: z.boolean().meta({ description: 'Nothing is sent to one that is not.' }),
    transport,
    feed: feed.nullable(),
    terms,
    capabilities,
    hasCredential: z.boolean(),
    formerUntil: shownTime
      .nullable()
      .meta({ description: 'Until when the secret before the newest one holds beside it.' }),
    createdAt: shownTime,
    updatedAt: shownTime,
  })
  .meta({
    id: 'Partner',
    description: 'A fulfilment partner as it may be shown: never its secrets.',
  }) satisfies z.ZodType<Partner>;

const WEEK = 'Of the last seven days.';
const figures = z
  .object({
    failed: count.meta({ description: `Messages to it that were given up. ${WEEK}` }),
    waiting: count.meta({ description: 'Messages to it that are still to arrive.' }),
    parked: count.meta({ description: 'Messages of it that their orders cannot take yet.' }),
    refused: count.meta({ description: `Messages of it that were refused. ${WEEK}` }),
    late: count.meta({
      description: 'Open hand-overs that people were asked to look at because it is slow.',
    }),
  })
  .meta({ id: 'PartnerFigures' }) satisfies z.ZodType<PartnerFigures>;

export const partnerList = z
  .object({
    partners: z.array(partner.extend({ figures }).meta({ id: 'ListedPartner' })),
    statuses: statusList,
  })
  .meta({ id: 'Partners' });

const shownSecret = z.string().nullable().meta({
  description:
    'What signs both ways, as Standard Webhooks writes it. Shown once: null where it was made before.',
});

export const registered = z
  .object({ partner, secret: shownSecret })
  .meta({ id: 'RegisteredPartner' });

export const secretRotation = z
  .strictObject({ overlapHours: count.min(0).max(720).default(24) })
  .meta({
    id: 'SecretRotation',
    description: 'For how many hours the old secret holds beside the new one.',
  });

export const rotatedSecret = z
  .object({ secret: shownSecret, formerUntil: shownTime.nullable() })
  .meta({ id: 'RotatedSecret' });
