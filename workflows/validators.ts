import { ApplicationFailure } from '@temporalio/workflow';
import { readCommand } from '../machines/commands';
import type { Placement } from '../machines/events';
import { objectToPlacement } from '../machines/deciding/placing';
import type { Shop } from '../machines/table';
import type { Sender } from './messages';

// Validators are synchronous: an async one refuses nothing and hangs its caller.

/** Turns away what is no command at all; a command that the order refuses is recorded instead. */
export function checkCommand(command: unknown, _sender?: Sender): void {
  const read = readCommand(command);
  if ('command' in read) return;
  throw ApplicationFailure.create({
    type: 'validation',
    message: read.refusal.detail,
    nonRetryable: true,
    details: [read.refusal],
  });
}

/** Turns away what has not the shape of a placement; one that does not add up is refused by the order. */
export function checkPlacement(shop: Shop): (placement: Placement, sender?: Sender) => void {
  return (placement) => {
    try {
      objectToPlacement(shop, placement);
    } catch (error) {
      throw ApplicationFailure.create({
        type: 'validation',
        message: `This is not the shape of a placement: ${String(error)}`,
        nonRetryable: true,
      });
    }
  };
}
