import { digitsOf, minorOf } from '../parts/format';
import type { About, CommandBody, Fault, FormField } from './form';
import { readGoods, startGoods, type Goods } from './goods';

/** What was typed and chosen so far, by field. */
export type Values = Readonly<Record<string, unknown>>;
export type UnitValues = Readonly<Record<string, number | string>>;
export interface TrackingValue {
  readonly carrier: string;
  readonly number: string;
}
export interface ReceivedLine {
  readonly good: number | string;
  readonly damaged: number | string;
  readonly restock: boolean;
}
export type ReceivedValues = Readonly<Record<string, ReceivedLine>>;
export interface OverrideValue {
  readonly on: boolean;
  readonly reason: string;
}

/** Minor units as they are typed: 4100 GBP is "41.00". */
function typed(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

const asText = (value: unknown) => (typeof value === 'string' ? value : '');
const mostUnits = ({ action }: About) => action.most?.lines ?? {};

function unitsAsked(known: unknown): UnitValues | undefined {
  if (!Array.isArray(known)) return undefined;
  const units = known as readonly { readonly id: string; readonly quantity?: number }[];
  return Object.fromEntries(units.map(({ id, quantity }) => [id, quantity ?? 1]));
}

function startUnits(field: FormField & { as: 'units' }, known: unknown, about: About): UnitValues {
  const most = mostUnits(about);
  const asked = field.whole ? undefined : unitsAsked(known);
  if (asked) return asked;
  return field.filled ? most : Object.fromEntries(Object.keys(most).map((id) => [id, 0]));
}

function startReceived(about: About): ReceivedValues {
  const restock = about.shop.returns?.restock ?? false;
  const lines = Object.entries(mostUnits(about));
  return Object.fromEntries(lines.map(([id, good]) => [id, { good, damaged: 0, restock }]));
}

/** What a field begins with: what its opener knew already, or what the order suggests. */
function startOf(field: FormField, known: unknown, about: About): unknown {
  const { currency } = about.order;
  switch (field.as) {
    case 'flag':
      return known ?? field.initial;
    case 'amount': {
      const most = field.filled ? (known ?? about.action.most?.amount) : known;
      return typeof most === 'number' && most > 0 ? typed(most, currency) : '';
    }
    case 'units':
      return startUnits(field, known, about);
    case 'received':
      return startReceived(about);
    case 'goods':
      return startGoods(about);
    case 'charges':
      return known ?? [];
    case 'tracking':
      return { carrier: '', number: '', ...(known as Partial<TrackingValue> | undefined) };
    case 'override':
      return { on: false, reason: '' };
    case 'parts':
      return known ?? field.parts[0]?.value ?? '';
    case 'text':
    case 'long':
    case 'time':
    case 'choice':
      return asText(known);
  }
}

export function startValues(
  fields: readonly FormField[],
  known: Readonly<Record<string, unknown>>,
  about: About,
): Values {
  // Whoever knows for what, or how much, has chosen how it is said.
  const part = fields.find((field) => field.part !== undefined && field.name in known)?.part;
  const knownOf = ({ as, name }: FormField) => (as === 'parts' ? part : known[name]);
  return Object.fromEntries(
    fields.map((field) => [field.name, startOf(field, knownOf(field), about)]),
  );
}

interface Read {
  /** What is sent; undefined leaves the field out. */
  readonly value?: unknown;
  readonly faults?: readonly Fault[];
  /** What stands for it while what would happen is looked at. */
  readonly meanwhile?: unknown;
}

const nothing: Read = {};
const wrong = (name: string, detail: string): Read => ({
  faults: [{ pointer: `/${name}`, detail }],
});

function readText(name: string, text: string, required?: boolean): Read {
  const value = text.trim();
  if (value !== '') return { value };
  return required ? { ...wrong(name, 'Write this first.'), meanwhile: '…' } : nothing;
}

function readAmount(name: string, text: string, currency: string, required?: boolean): Read {
  if (text.trim() === '') return required ? wrong(name, 'Write an amount.') : nothing;
  const value = minorOf(text, currency);
  return value === undefined
    ? wrong(name, `Write an amount such as ${typed(1250, currency)}.`)
    : { value };
}

function readUnits(name: string, units: UnitValues, whole?: boolean): Read {
  const chosen = Object.entries(units).filter(([, quantity]) => Number(quantity) > 0);
  if (chosen.length === 0)
    return wrong(name, whole ? 'Choose a line.' : 'Choose at least one unit.');
  return {
    value: chosen.map(([id, quantity]) => (whole ? { id } : { id, quantity: Number(quantity) })),
  };
}

function readReceived(name: string, lines: ReceivedValues): Read {
  const came = Object.entries(lines)
    .map(([id, { good, damaged, restock }]) => {
      return { id, good: Number(good), damaged: Number(damaged), restock };
    })
    .filter(({ good, damaged }) => good + damaged > 0);
  return came.length === 0 ? wrong(name, 'Say what came.') : { value: came };
}

function readTracking(name: string, { carrier, number }: TrackingValue): Read {
  const tracking = { ...(carrier.trim() && { carrier: carrier.trim() }), number: number.trim() };
  if (tracking.number !== '') return { value: tracking };
  if (tracking.carrier === undefined) return nothing;
  return wrong(`${name}/number`, 'Write the tracking number, or choose no carrier.');
}

function readField(field: FormField, value: unknown, about: About): Read {
  const { name } = field;
  const { currency } = about.order;
  switch (field.as) {
    case 'parts':
      return nothing;
    case 'flag':
      return value === field.initial ? nothing : { value };
    case 'amount':
      return readAmount(name, asText(value), currency, field.required);
    case 'units':
      return readUnits(name, value as UnitValues, field.whole);
    case 'received':
      return readReceived(name, value as ReceivedValues);
    case 'goods':
      return readGoods(name, value as Goods, currency);
    case 'charges':
      return { value: (value as readonly string[]).length > 0 ? value : undefined };
    case 'tracking':
      return readTracking(name, value as TrackingValue);
    case 'override': {
      const { on, reason } = value as OverrideValue;
      if (!on) return nothing;
      if (reason.trim() !== '') return { value: { reason: reason.trim() } };
      return { ...wrong(`${name}/reason`, 'Say why.'), meanwhile: { reason: '…' } };
    }
    case 'time':
      return asText(value) === '' ? nothing : { value: new Date(asText(value)).toISOString() };
    case 'choice':
      if (asText(value) !== '') return { value };
      return field.required ? wrong(name, 'Choose one.') : nothing;
    case 'text':
    case 'long':
      return readText(name, asText(value), field.required);
  }
}

/** Whether a field is shown: it belongs to the part that was chosen, and there is something to say in it. */
export function isShown(field: FormField, values: Values, { action }: About): boolean {
  if (field.part !== undefined && !Object.values(values).includes(field.part)) return false;
  if (field.needs !== undefined && !(field.needs in action.command)) return false;
  switch (field.as) {
    case 'override':
      return (action.override ?? []).length > 0;
    case 'charges':
      return (action.most?.charges ?? []).length > 0;
    default:
      return true;
  }
}

export interface Draft {
  readonly command: CommandBody;
  /** What its sender has yet to put right. */
  readonly faults: readonly Fault[];
  /** The command with something in place of words that are yet to be written; undefined when more is missing. */
  readonly toLookAt: CommandBody | undefined;
}

/** The command that the form says. */
export function draftOf(
  base: CommandBody,
  fields: readonly FormField[],
  values: Values,
  about: About,
): Draft {
  const shown = fields.filter((field) => isShown(field, values, about));
  const read = shown.map(
    (field) => [field.name, readField(field, values[field.name], about)] as const,
  );
  const asked = new Set(fields.map(({ name }) => name));
  const rest = Object.entries(base).filter(([name]) => !asked.has(name));
  const with_ = (pick: (one: Read) => unknown) =>
    Object.fromEntries(
      [...rest, ...read.map(([name, one]) => [name, pick(one)] as const)].filter(
        ([, value]) => value !== undefined,
      ),
    ) as CommandBody;
  const isLookable = read.every(([, { faults, meanwhile }]) => !faults || meanwhile !== undefined);
  return {
    command: with_(({ value }) => value),
    faults: read.flatMap(([, { faults }]) => faults ?? []),
    toLookAt: isLookable ? with_(({ value, meanwhile }) => value ?? meanwhile) : undefined,
  };
}
