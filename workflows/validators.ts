import { ApplicationFailure } from '@temporalio/workflow';
import { readCommand } from '../machines/commands';
import type { Placement } from '../machines/events';
import { objectToPlacement } from '../machines/placing';
import type { Shop } from '../machines/table';
import { readSender } from './sender';

// Validators are synchronous: an async one refuses nothing and hangs its caller.

function turnAway(message: string, ...details: unknown[]): never {
  throw ApplicationFailure.create({ type: 'validation', message, nonRetryable: true, details });
}

function checkSender(value: unknown): void {
  const read = readSender(value);
  if ('fault' in read) turnAway(read.fault);
}

/** Turns away what is no command at all; a command that the order refuses is recorded instead. */
export function checkCommand(command: unknown, sender?: unknown): void {
  checkSender(sender);
  const read = readCommand(command);
  if ('refusal' in read) turnAway(read.refusal.detail, read.refusal);
}

/** Turns away what has not the shape of a placement; one that does not add up is refused by the order. */
export function checkPlacement(shop: Shop): (placement: Placement, sender?: unknown) => void {
  return (placement, sender) => {
    checkSender(sender);
    try {
      objectToPlacement(shop, placement);
    } catch (error) {
      turnAway(`This is not the shape of a placement: ${String(error)}`);
    }
  };
}
