import { limits } from '../deciding/limits';
import type { Actor } from '../events';

/**
 * What a command's field holds. `units` are `[{ id, quantity? }]`, `time` is ISO 8601, `words` are
 * `{ "old": "new" }`, `override` is `{ reason }`, `table` is a shop's table, `received` is what came back, `goods` are lines of an
 * order to be placed, `shares` are `[{ payment, amount }]`.
 */
export type FieldKind =
  | 'text'
  | 'number'
  | 'flag'
  | 'time'
  | 'units'
  | 'texts'
  | 'tracking'
  | 'override'
  | 'words'
  | 'table'
  | 'json'
  | 'downloads'
  | 'received'
  | 'goods'
  | 'shares'
  | 'charge';

export interface Field {
  readonly kind: FieldKind;
  /** A required text is not blank either. */
  readonly required?: true;
  /** Characters of a text or of a table as JSON, entries of a list; of everything inside, `longestInside`. */
  readonly longest?: number;
  readonly says: string;
}

/** Characters of what is inside a field that is no plain text. */
export const longestInside = { id: limits.id, carrier: 100, number: 200, url: 4_000 } as const;

export interface CommandSpec {
  readonly says: string;
  /** Who may send it; an admin may send all. */
  readonly roles: readonly Actor['role'][];
  readonly fields: Readonly<Record<string, Field>>;
}

export const staff = ['clerk'] as const;
/** Characters: of a name or a reference, of why something is done, of a note. */
export const [NAME, WHY, NOTE] = [200, 2_000, 10_000];
export const units = (says: string, required?: true): Field => {
  return { kind: 'units', says, required, longest: limits.lines };
};
export const text = (says: string, longest = NAME): Field => ({ kind: 'text', says, longest });
export const needed = (says: string, longest = NAME): Field => ({
  ...text(says, longest),
  required: true,
});
export const charges: Field = {
  kind: 'texts',
  says: 'Charges beside the lines, such as shipping.',
  longest: limits.charges,
};
/** How much of which payments. */
export const shares = (says: string): Field => ({ kind: 'shares', says, longest: limits.payments });
export const flag = (says: string): Field => ({ kind: 'flag', says });
/** Minor units of the order's currency. */
export const minor = (says: string): Field => ({ kind: 'number', says });
