import type { Schemas } from '../client/client';

type Role = Schemas['Me']['role'];

/** What each role may, as people are told who give it to somebody. */
export const roleWords: Readonly<Record<Role, { readonly label: string; readonly may: string }>> = {
  admin: { label: 'Admin', may: 'Everything, also users, keys and webhooks' },
  clerk: { label: 'Clerk', may: 'Works on orders, stock and messages' },
  viewer: { label: 'Viewer', may: 'Looks at everything and changes nothing' },
  storefront: { label: 'Storefront', may: 'Places orders and reads one by its number' },
  partner: { label: 'Partner', may: 'Sees its own lines of orders, and no money' },
};

export const userRoles = ['clerk', 'viewer', 'admin', 'partner'] as const satisfies readonly Role[];
export const keyRoles = [
  'storefront',
  'clerk',
  'viewer',
  'admin',
  'partner',
] as const satisfies readonly Role[];
