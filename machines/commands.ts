import { limits } from './deciding/limits';
import type { Actor, Command } from './events';
import { listed, refusal, type Fault, type Refusal } from './refusals';
import { isTime, TIME } from './time';

/** What a command's field holds. `units` are `[{ id, quantity? }]`, `time` is ISO 8601. */
export type FieldKind = 'text' | 'number' | 'flag' | 'time' | 'units' | 'texts' | 'tracking';

export interface Field {
  readonly kind: FieldKind;
  /** A required text is not blank either. */
  readonly required?: true;
  /** Characters of a text, entries of a list; of everything inside, `longestInside`. */
  readonly longest?: number;
  readonly says: string;
}

/** Characters of what is inside a field that is no plain text. */
export const longestInside = { id: limits.id, carrier: 100, number: 200 } as const;

export interface CommandSpec {
  readonly says: string;
  /** Who may send it; an admin may send all. */
  readonly roles: readonly Actor['role'][];
  readonly fields: Readonly<Record<string, Field>>;
}

const staff = ['clerk'] as const;
/** Characters: of a name or a reference, of why something is done, of a note. */
const [NAME, WHY, NOTE] = [200, 2_000, 10_000];
const units = (says: string, required?: true): Field => {
  return { kind: 'units', says, required, longest: limits.lines };
};
const text = (says: string, longest = NAME): Field => ({ kind: 'text', says, longest });
const needed = (says: string, longest = NAME): Field => ({
  ...text(says, longest),
  required: true,
});
const charges: Field = {
  kind: 'texts',
  says: 'Charges beside the lines, such as shipping.',
  longest: limits.charges,
};

/** Every command, once: HTTP, Updates, Signals, the documentation and the checks are made from this. */
export const commandSpecs: { readonly [T in Command['type']]: CommandSpec } = {
  'set-status': {
    says: 'Moves the order along its pipeline; the cascade moves its lines.',
    roles: staff,
    fields: {
      status: needed('The status wanted.'),
      note: text('Kept as a System note.', WHY),
    },
  },
  'set-line-status': {
    says: 'Moves whole lines along the line pipeline, all or none.',
    roles: staff,
    fields: { lines: units('The lines to move.', true), status: needed('The status wanted.') },
  },
  'record-shipping-event': {
    says: 'Records that units were shipped, returned, or whatever the shop calls its events.',
    // A partner says what left its own house: its own lines only.
    roles: [...staff, 'partner'],
    fields: {
      event: needed("One of the shop's shipping event types."),
      lines: units('The units; without them, all that may still pass.'),
      reference: text("The carrier's or partner's own reference."),
      tracking: { kind: 'tracking', says: 'Carrier and tracking number.' },
      notify: { kind: 'flag', says: 'Whether the customer is told; true unless said otherwise.' },
    },
  },
  'take-payment': {
    says: 'Captures authorised money: an amount, or units and charges, or all that is left.',
    roles: staff,
    fields: {
      amount: { kind: 'number', says: 'Minor units of the order’s currency.' },
      lines: units('The units to charge.'),
      charges,
      payment: text('The payment to capture; without it, oldest first.'),
      shippingEvent: text('The shipping event it is for.'),
    },
  },
  refund: {
    says: 'Gives captured money back: an amount, or units and charges, or all of it.',
    roles: staff,
    fields: {
      amount: { kind: 'number', says: 'Minor units of the order’s currency.' },
      lines: units('The units to refund.'),
      charges,
      reason: needed('Why the money goes back.', WHY),
      payment: text('The payment to refund; without it, newest first.'),
    },
  },
  void: {
    says: 'Gives up authorisations that were not captured.',
    roles: staff,
    fields: { payment: text('The payment; without it, all of them.') },
  },
  'record-payment-event': {
    says: 'Records money that moved outside: a transfer, cash, a refund made at the bank.',
    roles: staff,
    fields: {
      event: needed("One of the shop's payment event types."),
      amount: { kind: 'number', says: 'Minor units of the order’s currency.', required: true },
      lines: units('The units it is for.'),
      reference: text('The reference it has outside.'),
      shippingEvent: text('The shipping event it is for.'),
    },
  },
  cancel: {
    says: 'Cancels the whole order or some units: money back, stock free, customer told.',
    roles: staff,
    fields: {
      lines: units('The units; without them, the whole order.'),
      reason: needed('Why.', WHY),
    },
  },
  hold: {
    says: 'Stops the order until it is released.',
    roles: staff,
    fields: {
      reason: needed('Why.', WHY),
      until: { kind: 'time', says: 'When it is released by itself.' },
    },
  },
  'release-hold': { says: 'Lets a held order go on.', roles: staff, fields: {} },
  'add-note': {
    says: 'Adds a note for the staff.',
    roles: staff,
    fields: { text: needed('The note.', NOTE) },
  },
};

export const commandTypes = Object.keys(commandSpecs) as Command['type'][];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): value is string => typeof value === 'string';

function extraFields(
  value: Record<string, unknown>,
  known: readonly string[],
  at: string,
): Fault[] {
  return Object.keys(value)
    .filter((field) => !known.includes(field))
    .map((field) => ({
      pointer: `${at}/${field}`,
      detail: `There is no field ${field}; there is ${listed(known)}.`,
    }));
}

type Check = (value: unknown, at: string, longest?: number) => Fault[];

/** Whether it is a text, and no longer than it may be. */
function textFaults(value: unknown, pointer: string, longest: number = NAME): Fault[] {
  if (!isText(value)) return [{ pointer, detail: 'Write a text.' }];
  if (value.length <= longest) return [];
  return [{ pointer, detail: `Write at most ${longest} characters, not ${value.length}.` }];
}

/** A list of what `each` accepts, no longer than it may be. */
function listOf(each: Check, detail: string): Check {
  return (value, pointer, longest = limits.lines) => {
    if (!Array.isArray(value)) return [{ pointer, detail }];
    if (value.length > longest) {
      return [{ pointer, detail: `Write at most ${longest} of them, not ${value.length}.` }];
    }
    return value.flatMap((entry, position) => each(entry, `${pointer}/${position}`));
  };
}

function unitFaults(unit: unknown, pointer: string): Fault[] {
  if (!isRecord(unit)) return [{ pointer, detail: 'Write { "id", "quantity" }.' }];
  const faults = extraFields(unit, ['id', 'quantity'], pointer);
  faults.push(...textFaults(unit.id, `${pointer}/id`, longestInside.id));
  if (unit.quantity !== undefined && typeof unit.quantity !== 'number') {
    faults.push({ pointer: `${pointer}/quantity`, detail: 'A quantity is a number.' });
  }
  return faults;
}

function numberFaults(value: unknown, pointer: string): Fault[] {
  if (typeof value !== 'number') return [{ pointer, detail: 'Write a number of minor units.' }];
  if (value <= limits.amount) return [];
  return [{ pointer, detail: `An amount is at most ${limits.amount} minor units.` }];
}

/** What each kind of field accepts; whether a number suits the order is for the order to say, on its figures. */
const checks: Record<FieldKind, Check> = {
  text: textFaults,
  number: numberFaults,
  flag: (value, at) =>
    typeof value === 'boolean' ? [] : [{ pointer: at, detail: 'Write true or false.' }],
  time: (value, at) => (isText(value) && isTime(value) ? [] : [{ pointer: at, detail: TIME }]),
  units: listOf(unitFaults, 'Write [{ "id", "quantity" }].'),
  texts: listOf((value, at) => textFaults(value, at, longestInside.id), 'Write a list of texts.'),
  tracking: (value, at) => {
    if (!isRecord(value)) return [{ pointer: at, detail: 'Write { "carrier", "number" }.' }];
    const faults = extraFields(value, ['carrier', 'number'], at);
    faults.push(...textFaults(value.number, `${at}/number`, longestInside.number));
    if (value.carrier !== undefined) {
      faults.push(...textFaults(value.carrier, `${at}/carrier`, longestInside.carrier));
    }
    return faults;
  },
};

function fieldFaults(value: unknown, name: string, { kind, required, longest }: Field): Fault[] {
  const pointer = `/${name}`;
  if (value === undefined) return required ? [{ pointer, detail: `${name} is missing.` }] : [];
  const blank = required && isText(value) && value.trim() === '';
  return blank
    ? [{ pointer, detail: `${name} is blank: write some text.` }]
    : checks[kind](value, pointer, longest);
}

function invalid(errors: readonly Fault[], allowed?: readonly string[]): { refusal: Refusal } {
  const detail = errors.map((fault) => `${fault.pointer || '/'}: ${fault.detail}`).join(' ');
  return {
    refusal: refusal('commandIsWellFormed', { code: 'validation', detail, errors, allowed }),
  };
}

/** Reads a command from any JSON, by `commandSpecs`; every fault at once, unknown fields included. */
export function readCommand(value: unknown): { command: Command } | { refusal: Refusal } {
  if (!isRecord(value)) return invalid([{ pointer: '', detail: 'Write { "type", … }.' }]);
  const { type } = value;
  if (!isText(type) || !Object.hasOwn(commandSpecs, type as string)) {
    const detail = `There is no command ${JSON.stringify(type)}; there is ${listed(commandTypes)}.`;
    return invalid([{ pointer: '/type', detail }], commandTypes);
  }
  const { fields } = commandSpecs[type as Command['type']];
  const faults = extraFields(value, ['type', ...Object.keys(fields)], '');
  for (const [name, field] of Object.entries(fields)) {
    faults.push(...fieldFaults(value[name], name, field));
  }
  return faults.length > 0 ? invalid(faults) : { command: value as unknown as Command };
}
