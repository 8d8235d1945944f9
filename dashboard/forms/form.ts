import type { Schemas } from '../client/client';

export type Order = Schemas['Order'];
export type Shop = Schemas['Shop'];
export type Action = Schemas['Actions']['actions'][number];
export type CommandType = Schemas['Command']['type'];
/** A command in the making. */
export type CommandBody = { readonly type: CommandType } & Readonly<Record<string, unknown>>;

/** Where the choices of a field come from. */
export type ChoiceSource = 'payments' | 'locations' | 'partners' | 'shipments' | 'outcomes';

interface Named {
  /** The command's field. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What is shown only while this part of the form is chosen. */
  readonly part?: string;
  /** What is shown only for a command that has this field. */
  readonly needs?: string;
}

/** A field of a form, as data: how it is shown, and what it begins with. */
export type FormField = Named &
  (
    | { readonly as: 'text' | 'long'; readonly required?: true }
    | { readonly as: 'time' | 'charges' | 'tracking' | 'received' | 'goods' | 'override' }
    | { readonly as: 'flag'; readonly initial: boolean }
    | { readonly as: 'amount'; readonly required?: true; readonly filled?: true }
    | { readonly as: 'units'; readonly filled?: true; readonly whole?: true }
    | { readonly as: 'choice'; readonly from: ChoiceSource; readonly required?: true }
    | { readonly as: 'parts'; readonly parts: readonly Part[] }
  );

/** One of the ways to say how much. */
export interface Part {
  readonly value: string;
  readonly label: string;
}

/** What a form is about, as it is while the form is open. */
export interface About {
  readonly action: Action;
  readonly order: Order;
  readonly shop: Shop;
}

/** Something that is not right yet, at a JSON pointer into the command. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

export interface FieldProps<T> {
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly faults: readonly Fault[];
  readonly about: About;
}

/** The first thing wrong with a field as a whole. */
export function errorOf(faults: readonly Fault[]): string | undefined {
  return faults[0]?.detail;
}
