import type { Refusal } from '../refusals';
import type { Shelved } from '../stock';
import type { Answer } from './answers';
import type { Command } from './commands';
import type { Placement } from './placement';
import type { Report } from './reports';

export type * from './answers';
export type * from './commands';
export type * from './partners';
export type * from './placement';
export type * from './reports';
export type * from './returns';
export type * from './units';

/** Who caused an event. `name` is a person, a key, a partner's code or the part of the system. */
export interface Actor {
  readonly role: 'admin' | 'clerk' | 'viewer' | 'storefront' | 'partner' | 'system';
  readonly name: string;
}

/** What every event carries: its lasting id, when (ISO 8601, UTC), who, and which event caused it. */
export interface Stamp {
  readonly id: string;
  readonly at: string;
  readonly actor: Actor;
  readonly cause?: string;
  /** What the shelves have for the lines that it wanted stock for, where that is less than it wanted. */
  readonly shelves?: readonly Shelved[];
}

export type Place = { readonly type: 'place'; readonly placement: Placement };

/** A moment the order was waiting for. */
export interface DeadlineReached {
  readonly type: 'deadline';
  readonly name: string;
  /** Why the database did not write what it led to: units that are not on the shelves, say. */
  readonly refused?: Refusal;
}

/** A message that is no command at all, kept so that whoever sent it can be told. */
export interface Malformed {
  readonly type: 'malformed';
  readonly message: unknown;
  /** What is wrong with it, when that is not in the message itself. */
  readonly why?: string;
}

/** What the order says of an attempt that it has refused, where people should know of it. */
export interface CommandRefused {
  readonly type: 'command.refused';
  readonly command: string;
  readonly sender: string;
  readonly why: string;
}

export type OrderEvent = (
  Place | Command | Answer | Report | DeadlineReached | Malformed | CommandRefused
) &
  Stamp;
export type EventOf<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>;
