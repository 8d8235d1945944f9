import type { Call, DigitalRequest, Override } from './calls/state';
import type { CountedUnits, Download, Placement, PlacedLine, Tracking } from './events';
import type { NamedVoucher } from './placing/vouchers';
import type { ReturnState } from './returns/state';
import type { MovementKind } from './table';

export type { Call, DigitalRequest, Override } from './calls/state';

export interface LineState {
  readonly id: string;
  readonly status: string;
  /** Units of this order's own that the stock record holds for it. */
  readonly allocated: number;
  /** Units that wait for goods to come in. */
  readonly backordered: number;
  readonly consumed: number;
  /** Units among the consumed that came back to the shelf. */
  readonly restocked: number;
  /** Units that passed each shipping and payment event type. */
  readonly passed: Readonly<Record<string, number>>;
}

export interface PaymentState {
  readonly id: string;
  readonly gateway: string;
  readonly method?: string;
  readonly token?: string;
  /** The gateway's reference of the authorisation. */
  readonly reference?: string;
  /** Minor units asked for at placing. */
  readonly requested: number;
  readonly authorised: number;
  readonly captured: number;
  readonly refunded: number;
  readonly voided: number;
  readonly expiresAt?: string;
  /** When its authorisation was voided or ran out. */
  readonly givenUpAt?: string;
}

/** Money that was asked to move and whose answer is not in yet; the first of the queue is in flight. */
export interface Movement {
  readonly key: string;
  readonly kind: MovementKind;
  readonly payment: string;
  readonly amount: number;
  /** The event that asked for it. */
  readonly cause: string;
  /** The command whose outcome is this movement's; without it the shop owes the movement whatever is answered. */
  readonly command?: string;
  readonly lines?: readonly CountedUnits[];
  readonly charges?: readonly string[];
  readonly shippingEvent?: string;
  readonly reason?: string;
  /** The decision that granted it, where it is a return's money. */
  readonly grant?: string;
  /** Minor units of all the parts together, where its command asked for several. */
  readonly whole?: number;
  /** How often the gateway was asked about it, and when to ask next. */
  readonly asked: number;
  readonly askAt?: string;
}

export interface Shipment {
  readonly id: string;
  readonly event: string;
  readonly at: string;
  readonly lines: readonly CountedUnits[];
  readonly reference?: string;
  readonly tracking?: Tracking;
  readonly override?: Override;
}

export interface Note {
  readonly id: string;
  readonly author: string;
  readonly at: string;
  readonly text: string;
  readonly system: boolean;
  /** When its author last changed it. */
  readonly editedAt?: string;
}

/** A message written for the customer, the newest of its kind and cause. */
export interface Told {
  readonly kind: string;
  /** The shipping event that it speaks of. */
  readonly shippingEvent?: string;
  readonly at: string;
}

export interface Hold {
  readonly reason: string;
  readonly owner: string;
  readonly since: string;
  readonly until?: string;
}

/** A task for people: something about the order that they should look at. */
export interface Attention {
  /** Its name among the order's tasks, for good: `t1`, `t2`, … */
  readonly id: string;
  /** A `TaskReason`, or one of an earlier release. */
  readonly reason: string;
  readonly text: string;
  readonly since: string;
  /** The event that raised it. */
  readonly cause?: string;
}

/** What the order holds of the shelves, and waits for, as a whole. */
export interface Reservation {
  /** When it last took stock; empty for an order that did so before this was remembered. */
  readonly since: string;
  /** The event whose units wait in the queue. */
  readonly queuedBy: string;
  /** When its stock was given back because nobody paid; empty while it has its stock. */
  readonly lapsedAt: string;
}

/** A line of which nothing has happened yet; its id and its status are to be given. */
export const emptyLine = {
  allocated: 0,
  backordered: 0,
  consumed: 0,
  restocked: 0,
  passed: {},
} as const satisfies Omit<LineState, 'id' | 'status'>;

/** All that an order's machine remembers; JSON, and nothing that can be derived. */
export interface OrderContext {
  /** Absent until the order is asked for. */
  readonly placement?: Placement;
  readonly lines: readonly LineState[];
  readonly payments: readonly PaymentState[];
  /** Charges of the order already settled, by code. */
  readonly settledCharges: readonly string[];
  readonly refundedCharges: readonly string[];
  readonly movements: readonly Movement[];
  /** Movements ever asked for; makes their keys. */
  readonly movementCount: number;
  readonly shipments: readonly Shipment[];
  readonly calls: readonly Call[];
  /** Calls ever made; makes their keys. */
  readonly callCount: number;
  readonly digital: readonly DigitalRequest[];
  readonly digitalCount: number;
  /** The newest links of each line. */
  readonly downloads: readonly Download[];
  readonly returns: readonly ReturnState[];
  /** Orders ever decided to take the place of returned goods; makes their numbers. */
  readonly exchanges: number;
  readonly notes: readonly Note[];
  readonly told: readonly Told[];
  readonly attention: readonly Attention[];
  /** Tasks ever raised; makes their ids. */
  readonly taskCount: number;
  /** The stay in a status (its `statusSince`) of which people were last told that it is too long. */
  readonly stuckSince: string;
  readonly hold: Hold | null;
  /** Those whose use the order has. */
  readonly vouchers: readonly NamedVoucher[];
  /** When the present status was entered. */
  readonly statusSince: string;
  /** Why placing cannot go through, once a card has said no. */
  readonly placingFailed: boolean;
  readonly reservation: Reservation;
}

/** The machine's state as it is stored and sent: plain JSON. */
export interface OrderState {
  readonly value: {
    readonly status: string;
    readonly payment: PaymentPhase;
    readonly hold: 'free' | 'held';
  };
  readonly context: OrderContext;
}

export type PaymentPhase =
  'idle' | 'authorising' | 'capturing' | 'refunding' | 'voiding' | 'outcome unknown';

/** Statuses that belong to no shop: before an order is placed, and after its placing was withdrawn. */
export const UNPLACED = '(unplaced)';
export const PLACING = '(placing)';
export const WITHDRAWN = '(withdrawn)';
export const reservedStatuses: readonly string[] = [UNPLACED, PLACING, WITHDRAWN];

export const emptyContext: OrderContext = {
  lines: [],
  payments: [],
  settledCharges: [],
  refundedCharges: [],
  movements: [],
  movementCount: 0,
  shipments: [],
  calls: [],
  callCount: 0,
  digital: [],
  digitalCount: 0,
  downloads: [],
  returns: [],
  exchanges: 0,
  notes: [],
  told: [],
  attention: [],
  taskCount: 0,
  stuckSince: '',
  hold: null,
  vouchers: [],
  statusSince: '',
  placingFailed: false,
  reservation: { since: '', queuedBy: '', lapsedAt: '' },
};

/**
 * A state that an earlier release stored, as this one reads it: what an order did not remember then is
 * as `emptyContext` and `emptyLine` have it. Whoever reads a state from outside passes it through here.
 */
export function upToDate({ value, context }: OrderState): OrderState {
  const lines = context.lines.map((line) => ({ ...emptyLine, ...line }));
  return { value, context: named({ ...emptyContext, ...context, lines }) };
}

/** Tasks had no ids once: those are named in their order, as the migration of their table named them. */
function named(context: OrderContext): OrderContext {
  const { attention, taskCount } = context;
  if (attention.every(({ id }: Partial<Attention>) => id !== undefined)) return context;
  return {
    ...context,
    attention: attention.map((task, index) => ({ ...task, id: `t${index + 1}` })),
    taskCount: Math.max(taskCount, attention.length),
  };
}

/** The agreement of a placed order; asking it of an unplaced one is a mistake of the caller. */
export function agreed(context: OrderContext): Placement {
  if (!context.placement) throw new Error('This order has not been placed.');
  return context.placement;
}

/** Each line's agreement beside its state, in the order's own order. */
export function eachLine(context: OrderContext): { agreed: PlacedLine; state: LineState }[] {
  const placed = agreed(context).lines;
  return context.lines.map((state, index) => ({ agreed: placed[index] as PlacedLine, state }));
}

const indexes = new WeakMap<Placement, ReadonlyMap<string, number>>();

/** Where each line is among the order's lines, by id; worked out once per agreement. */
export function lineIndexes(context: OrderContext): ReadonlyMap<string, number> {
  const placement = agreed(context);
  const known = indexes.get(placement);
  if (known) return known;
  const found = new Map(placement.lines.map(({ id }, index) => [id, index]));
  indexes.set(placement, found);
  return found;
}

export function passed(line: LineState, type: string): number {
  return line.passed[type] ?? 0;
}
