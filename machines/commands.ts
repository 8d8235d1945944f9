import type { Actor, Command } from './events';
import { listed, refusal, type Fault, type Refusal } from './refusals';
import { isTime, TIME } from './time';

/** What a command's field holds. `units` are `[{ id, quantity? }]`, `time` is ISO 8601. */
export type FieldKind = 'text' | 'number' | 'flag' | 'time' | 'units' | 'texts' | 'tracking';

export interface Field {
  readonly kind: FieldKind;
  readonly required?: true;
  readonly says: string;
}

export interface CommandSpec {
  readonly says: string;
  /** Who may send it; an admin may send all. */
  readonly roles: readonly Actor['role'][];
  readonly fields: Readonly<Record<string, Field>>;
}

const staff = ['clerk'] as const;
const units = (says: string, required?: true): Field => ({ kind: 'units', says, required });
const text = (says: string, required?: true): Field => ({ kind: 'text', says, required });

/** Every command, once: HTTP, Updates, Signals, the documentation and the checks are made from this. */
export const commandSpecs: { readonly [T in Command['type']]: CommandSpec } = {
  'set-status': {
    says: 'Moves the order along its pipeline; the cascade moves its lines.',
    roles: staff,
    fields: {
      status: text('The status wanted.', true),
      note: text('Kept as a System note.'),
    },
  },
  'set-line-status': {
    says: 'Moves whole lines along the line pipeline, all or none.',
    roles: staff,
    fields: { lines: units('The lines to move.', true), status: text('The status wanted.', true) },
  },
  'record-shipping-event': {
    says: 'Records that units were shipped, returned, or whatever the shop calls its events.',
    roles: staff,
    fields: {
      event: text("One of the shop's shipping event types.", true),
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
      charges: { kind: 'texts', says: 'Charges beside the lines, such as shipping.' },
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
      charges: { kind: 'texts', says: 'Charges beside the lines, such as shipping.' },
      reason: text('Why the money goes back.', true),
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
      event: text("One of the shop's payment event types.", true),
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
      reason: text('Why.', true),
    },
  },
  hold: {
    says: 'Stops the order until it is released.',
    roles: staff,
    fields: {
      reason: text('Why.', true),
      until: { kind: 'time', says: 'When it is released by itself.' },
    },
  },
  'release-hold': { says: 'Lets a held order go on.', roles: staff, fields: {} },
  'add-note': {
    says: 'Adds a note for the staff.',
    roles: staff,
    fields: { text: text('The note.', true) },
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

function unitFaults(value: unknown, at: string): Fault[] {
  if (!Array.isArray(value)) return [{ pointer: at, detail: 'Write [{ "id", "quantity" }].' }];
  return value.flatMap((unit: unknown, position) => {
    const pointer = `${at}/${position}`;
    if (!isRecord(unit)) return [{ pointer, detail: 'Write { "id", "quantity" }.' }];
    const faults = extraFields(unit, ['id', 'quantity'], pointer);
    if (!isText(unit.id)) faults.push({ pointer: `${pointer}/id`, detail: 'Write the line’s id.' });
    if (unit.quantity !== undefined && typeof unit.quantity !== 'number') {
      faults.push({ pointer: `${pointer}/quantity`, detail: 'A quantity is a number.' });
    }
    return faults;
  });
}

/** What each kind of field accepts; a number of the wrong size is refused by the order itself, on its figures. */
const checks: Record<FieldKind, (value: unknown, at: string) => Fault[]> = {
  text: (value, at) => (isText(value) ? [] : [{ pointer: at, detail: 'Write a text.' }]),
  number: (value, at) =>
    typeof value === 'number' ? [] : [{ pointer: at, detail: 'Write a number of minor units.' }],
  flag: (value, at) =>
    typeof value === 'boolean' ? [] : [{ pointer: at, detail: 'Write true or false.' }],
  time: (value, at) => (isText(value) && isTime(value) ? [] : [{ pointer: at, detail: TIME }]),
  units: unitFaults,
  texts: (value, at) =>
    Array.isArray(value) && value.every(isText)
      ? []
      : [{ pointer: at, detail: 'Write a list of texts.' }],
  tracking: (value, at) => {
    if (!isRecord(value)) return [{ pointer: at, detail: 'Write { "carrier", "number" }.' }];
    const faults = extraFields(value, ['carrier', 'number'], at);
    if (!isText(value.number)) faults.push({ pointer: `${at}/number`, detail: 'Write a text.' });
    if (value.carrier !== undefined && !isText(value.carrier)) {
      faults.push({ pointer: `${at}/carrier`, detail: 'Write a text.' });
    }
    return faults;
  },
};

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
  for (const [name, { kind, required }] of Object.entries(fields)) {
    const pointer = `/${name}`;
    if (value[name] !== undefined) faults.push(...checks[kind](value[name], pointer));
    else if (required) faults.push({ pointer, detail: `${name} is missing.` });
  }
  return faults.length > 0 ? invalid(faults) : { command: value as unknown as Command };
}
