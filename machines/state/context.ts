import type { Call, DigitalRequest } from '../calls/state';
import type { Download, Placement } from '../events';
import type { HandOver } from '../partners/state';
import type { NamedVoucher } from '../placing/vouchers';
import type { ReturnState } from '../returns/state';
import type { WaitingCommand } from '../undoing/state';
import type {
  LineState,
  PaymentState,
  Movement,
  Shipment,
  Note,
  Told,
  Hold,
  Attention,
  Reservation,
} from './parts';

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
  /** Commands that are done later, unless they are undone before. */
  readonly waiting: readonly WaitingCommand[];
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
  /** When the last hold ended; empty while there was none. */
  readonly releasedAt: string;
  /** Those whose use the order has. */
  readonly vouchers: readonly NamedVoucher[];
  /** When the present status was entered. */
  readonly statusSince: string;
  /** Why placing cannot go through, once a card has said no. */
  readonly placingFailed: boolean;
  readonly reservation: Reservation;
  /** What partners were asked to send, in the order in which they were. */
  readonly handOvers: readonly HandOver[];
  /** Its lines' partners are to be asked as soon as no hold forbids it. */
  readonly owesHandOver: boolean;
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
  waiting: [],
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
  releasedAt: '',
  vouchers: [],
  statusSince: '',
  placingFailed: false,
  reservation: { since: '', queuedBy: '', lapsedAt: '' },
  handOvers: [],
  owesHandOver: false,
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
