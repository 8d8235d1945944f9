import { z } from 'zod';
import { userRoles } from '../../db/users/users';
import { shownTime } from '../schemas/common';
import { createdLink, email, personName } from '../sessions/schemas';

const role = z.enum(userRoles);
const partner = z
  .string()
  .min(1)
  .max(100)
  .optional()
  .meta({ description: 'The code of the partner that they work for; with the role partner only.' });

export const user = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role,
    partner: z.string().nullable(),
    hasPassword: z.boolean().meta({ description: 'False until they have followed their link.' }),
    createdAt: shownTime,
    disabledAt: shownTime.nullable(),
    signedInAt: shownTime.nullable(),
  })
  .meta({ id: 'User', description: 'Somebody who may sign in to the dashboard.' });

export const userList = z.object({ users: z.array(user) }).meta({ id: 'Users' });

const fields = { email, name: personName, role, partner };
const hasPartner = {
  path: ['partner'],
  error: 'People of a partner have the partner’s code, and nobody else has one.',
};

interface OfPartner {
  readonly role: string;
  readonly partner?: string;
}
const fits = ({ role: its, partner: code }: OfPartner) =>
  (its === 'partner') === (code !== undefined);

export const newUser = z
  .strictObject(fields)
  .refine(fits, hasPartner)
  .meta({
    id: 'NewUser',
    example: { email: 'ada@example.com', name: 'Ada Lovelace', role: 'clerk' },
  });

export const userChange = z
  .strictObject({ ...fields, disabled: z.boolean().default(false) })
  .refine(fits, hasPartner)
  .meta({ id: 'UserChange' });

export const invited = createdLink
  .extend({ user })
  .meta({ id: 'InvitedUser', description: 'A user, and the link to hand over to them.' });
