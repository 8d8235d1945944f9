import { z } from 'zod';
import { roles, shownTime, text } from '../schemas/common';

export const me = z
  .object({
    kind: z.enum(['user', 'key']).meta({ description: 'Somebody who signed in, or a key.' }),
    id: z.string(),
    name: z.string(),
    email: z.string().nullable().meta({ description: 'Of a user.' }),
    role: roles,
    partner: z
      .string()
      .nullable()
      .meta({ description: 'The fulfilment partner that they work for; they see its lines only.' }),
    workflowUrl: z.string().nullable().meta({
      description:
        'Where the Temporal Web UI shows a workflow, with {workflowId} in it; null where no such page was named.',
    }),
  })
  .meta({ id: 'Me' });

export const email = z
  .email({ error: 'Write an e-mail address, such as ada@example.com.' })
  .max(254)
  .meta({ example: 'ada@example.com' });

export const personName = z
  .string()
  .trim()
  .min(1, { error: 'Write a name.' })
  .max(100)
  .meta({ example: 'Ada Lovelace' });

export const SHORTEST_PASSWORD = 10;
const LONGEST = 200;

const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, { error: `A password has at least ${SHORTEST_PASSWORD} characters.` })
  .max(LONGEST, { error: `A password has at most ${LONGEST} characters.` })
  .meta({ description: 'Any characters; a few words make a good one.' });

export const credentials = z
  .strictObject({ email: text(254), password: text(LONGEST) })
  .meta({ id: 'Credentials' });

export const link = z
  .string()
  .max(200)
  .meta({ description: 'What stands behind #link= in the address.' });

export const linkUse = z
  .strictObject({
    link,
    name: personName.optional().meta({ description: 'Of the first admin.' }),
    email: email.optional().meta({ description: 'Of the first admin.' }),
    password: newPassword.optional().meta({ description: 'Unless the link signs in at once.' }),
  })
  .meta({ id: 'LinkUse' });

const kind = z.enum(['first', 'password', 'sign-in']).meta({
  description:
    'first: makes the first admin. password: its user chooses a password. sign-in: its user is in at once.',
});

export const createdLink = z
  .object({
    path: z.string().nullable().meta({
      description: 'Its address on this host; null when this is the first answer again.',
      example: '/sign-in#link=…',
    }),
    kind,
    expiresAt: shownTime,
  })
  .meta({ id: 'SignInLink', description: 'Good once.' });

export const shownLink = z
  .object({
    kind,
    email: z.string().nullable(),
    name: z.string().nullable(),
    shortestPassword: z.int().meta({ description: 'How many characters a password has at least.' }),
  })
  .meta({ id: 'ShownSignInLink', description: 'What a link does, and for whom.' });

const session = z
  .object({
    id: z.string(),
    browser: z.string().meta({ description: 'What it calls itself.' }),
    isThis: z.boolean().meta({ description: 'The one that asks.' }),
    createdAt: shownTime,
    usedAt: shownTime,
    expiresAt: shownTime,
  })
  .meta({ id: 'Session' });

export const sessionList = z.object({ sessions: z.array(session) }).meta({ id: 'Sessions' });

export const ownChange = z.strictObject({ name: personName }).meta({ id: 'OwnChange' });

export const passwordChange = z
  .strictObject({ current: text(LONGEST), password: newPassword })
  .meta({ id: 'PasswordChange' });
