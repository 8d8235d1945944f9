import type { Placement } from '../../machines/events';

/** Who sends a command: one caller, the same request twice at once, or two who want the same and do not know of each other. */
export type Callers = 'one' | 'twice' | 'rivals';

/** One command of a life, and how it must end. */
export interface Step {
  readonly key: string;
  readonly command: Readonly<Record<string, unknown>>;
  readonly callers: Callers;
  /** The codes of a legitimate refusal; empty where it must be done. */
  readonly refusedAs: readonly string[];
}

/** Units of a line that end up shipped and cancelled. */
export interface LineEnd {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly shipped: number;
  readonly cancelled: number;
}

/** How an order that was placed must end. */
export interface Ending {
  readonly status: string;
  /** As the gateway's ledger must list them, oldest first: `capture 3600`. */
  readonly movements: readonly string[];
  /** Minor units that captures let go of. */
  readonly letGo: number;
  readonly lines: readonly LineEnd[];
}

/** All that happens to one order, decided before anything runs. */
export interface Life {
  readonly number: string;
  readonly tokens: readonly string[];
  readonly request: Omit<Placement, 'placedAt' | 'status'>;
  readonly steps: readonly Step[];
  /** Undefined where a card declines: then nothing is placed and nothing stays held. */
  readonly ending?: Ending;
}

/** What a caller was told in the end: done, or the code of the refusal. */
export interface Told {
  readonly key: string;
  readonly outcome: 'done' | 'refused' | 'something else';
  readonly code?: string;
}

/** What became of a life: what each caller of each command was told, and why it stopped before its end. */
export interface Lived {
  readonly number: string;
  readonly placing: Told | undefined;
  /** In the order of the steps; of two callers, both. */
  readonly told: readonly (readonly Told[])[];
  readonly hangs?: string;
}
