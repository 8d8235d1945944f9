import type { EventOf } from '../events';
import type { UndoableCommand } from './rule';

/** A command that was accepted and is done when nobody has undone it by then. */
export interface WaitingCommand {
  readonly event: EventOf<UndoableCommand>;
  /** ISO 8601, UTC. */
  readonly until: string;
}
