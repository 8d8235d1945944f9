import { readCommand } from '../commands';
import { extraFields, isRecord, isText } from '../commands/checks';
import type { Actor, Command, PlacedLine, Placement } from '../events';
import { refusal, type Fault, type Refusal } from '../refusals';
import type { Shop } from '../table';
import { inUtc, isTime, TIME } from '../time';
import { rowFaults } from './shape';

/** Something that had happened to an order elsewhere. */
export interface PastEvent {
  readonly command: Command;
  readonly at: string;
  readonly actor: Actor;
}

/** An order as another system tells of it: how it was placed, and what happened to it since. */
export interface ImportedRow {
  readonly placement: Placement;
  readonly events: readonly PastEvent[];
}

export interface ImportOptions {
  /** Tells the same row again from another order of its number. */
  readonly fingerprint: string;
  /** `leave`: its lines track no stock. `take`: they allocate and consume as any other's. */
  readonly stock: 'leave' | 'take';
  /** ISO 8601, UTC: nothing happened after it. */
  readonly now: string;
}

export const importer: Actor = { role: 'system', name: 'import' };
const roles: readonly string[] = ['admin', 'clerk', 'viewer', 'storefront', 'partner', 'system'];
const noGateway = 'An import asks no gateway: tell of it with record-payment-event.';
/** Commands that would have something done now: an import has nothing done. */
const notInThePast: Readonly<Record<string, string>> = {
  'take-payment': noGateway,
  refund: noGateway,
  void: noGateway,
  exchange:
    'An import places no other order: import that as a row of its own, and tell of the money with record-payment-event.',
};

function refuseRow(errors: readonly Fault[]): { refusal: Refusal } {
  const detail = errors.map((fault) => `${fault.pointer || '/'}: ${fault.detail}`).join(' ');
  return { refusal: refusal('rowIsWellFormed', { code: 'validation', detail, errors }) };
}

function actorFaults(actor: unknown, at: string): Fault[] {
  const detail = `An actor is { "role", "name" }; a role is one of ${roles.join(', ')}.`;
  if (actor === undefined) return [];
  if (!isRecord(actor)) return [{ pointer: at, detail }];
  const isNamed = isText(actor.name) && /^\P{Cc}{1,200}$/u.test(actor.name.trim());
  const isKnown = isText(actor.role) && roles.includes(actor.role);
  const extra = extraFields(actor, ['role', 'name'], at);
  return isNamed && isKnown ? extra : [{ pointer: at, detail }, ...extra];
}

function readEvent(event: Record<string, unknown>, at: string): PastEvent | readonly Fault[] {
  const { at: when, actor, ...command } = event;
  const read = readCommand(command);
  const faults: Fault[] = [...actorFaults(actor, `${at}/actor`)];
  if (!isText(when) || !isTime(when)) faults.push({ pointer: `${at}/at`, detail: TIME });
  const instead = notInThePast[String(command.type)];
  if (instead !== undefined) faults.push({ pointer: `${at}/type`, detail: instead });
  if ('refusal' in read) {
    const { errors = [] } = read.refusal;
    faults.push(...errors.map(({ pointer, detail }) => ({ pointer: at + pointer, detail })));
  }
  if (faults.length > 0 || 'refusal' in read) return faults;
  return { command: read.command, at: inUtc(String(when)), actor: (actor as Actor) ?? importer };
}

/** Cards that a gateway would be asked to authorise. */
function cardFaults({ payments }: Placement): Fault[] {
  return payments.flatMap(({ token }, index) => {
    const detail =
      'An import asks no gateway: give the reference of the authorisation and how much was authorised, or gateway offline.';
    return token === undefined ? [] : [{ pointer: `/payments/${index}/token`, detail }];
  });
}

/** Times that run backwards, or into the future. */
function orderFaults(placedAt: string, events: readonly PastEvent[], now: string): Fault[] {
  const moments = [
    { pointer: '/placedAt', at: placedAt },
    ...events.map(({ at }, index) => ({ pointer: `/events/${index}/at`, at })),
  ];
  return moments.flatMap(({ pointer, at }, index) => {
    const before = moments[index - 1]?.at ?? at;
    if (Date.parse(at) > Date.parse(now)) return [{ pointer, detail: `${at} is still to come.` }];
    if (Date.parse(at) >= Date.parse(before)) return [];
    return [{ pointer, detail: `${at} is before ${before}; tell events in their order.` }];
  });
}

type Sent = Omit<Placement, 'lines'> & {
  readonly lines: readonly (Omit<PlacedLine, 'id' | 'priceBreakdown'> & Partial<PlacedLine>)[];
};

function placementOf(sent: Sent, shop: Shop, { fingerprint, stock }: ImportOptions): Placement {
  const { customer = {}, discounts = [], surcharges = [], payments = [] } = sent as Partial<Sent>;
  const lines = sent.lines.map((line, index): PlacedLine => {
    const { id = String(index + 1), kind = 'physical', quantity, unitPrice } = line;
    const { priceBreakdown = [{ quantity, ...unitPrice }] } = line;
    const trackStock = stock === 'take' && (line.trackStock ?? true);
    return { ...line, id, kind, priceBreakdown, trackStock };
  });
  return {
    ...sent,
    placedAt: inUtc(sent.placedAt),
    status: sent.status ?? shop.orders.initial,
    ...{ customer, lines, discounts, surcharges, payments, fingerprint },
  };
}

/** Reads a row of an import, any JSON; every fault at once, at its place. */
export function readRow(
  value: unknown,
  shop: Shop,
  options: ImportOptions,
): { row: ImportedRow } | { refusal: Refusal } {
  const faults = rowFaults(value);
  if (faults.length > 0) return refuseRow(faults);
  const { events: told = [], ...sent } = value as { events?: Record<string, unknown>[] };
  const read = told.map((event, index) => readEvent(event, `/events/${index}`));
  const bad = read.flatMap((event) => ('command' in event ? [] : event));
  if (bad.length > 0) return refuseRow(bad);
  const events = read.filter((event): event is PastEvent => 'command' in event);
  const placement = placementOf(sent as Sent, shop, options);
  const more = [...orderFaults(placement.placedAt, events, options.now), ...cardFaults(placement)];
  return more.length > 0 ? refuseRow(more) : { row: { placement, events } };
}
