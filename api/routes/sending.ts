import type { Command } from '../../machines/events';
import type { Shop } from '../../machines/table';
import type { Answer } from '../http/answers';
import type { Incoming } from '../http/call';
import { problem } from '../problems';
import type { Sent } from '../orders-client';
import { addressOf } from '../shown-order';

export function commandAddress(number: string, id: string): string {
  return `${addressOf(number)}/commands/${encodeURIComponent(id)}`;
}

/** No order has taken the message in time; the sender learns how to find out without doing it twice. */
export function notTaken(
  { isRepeatable }: Incoming<unknown, unknown, unknown>,
  { reached }: Extract<Sent, { outcome: 'unreachable' }>,
): Answer {
  if (reached === 'nobody') {
    const again = isRepeatable ? 'Try again with the same Idempotency-Key.' : 'Try again.';
    const detail = `Temporal cannot be reached; nothing was done. ${again}`;
    return problem('temporal-unavailable', { detail });
  }
  const why =
    reached === 'temporal'
      ? 'No worker has taken it yet.'
      : 'Nobody has answered in time: no worker runs, or Temporal cannot be reached any more.';
  const detail = isRepeatable
    ? `${why} It may still happen: send it again with the same Idempotency-Key, and it takes effect once.`
    : `${why} It may still happen: look before you send it again, and send an Idempotency-Key to be safe.`;
  return problem('temporal-unavailable', { detail });
}

/** Nobody can be asked; a question may be asked again. */
export function unreachable(): Answer {
  return problem('temporal-unavailable', { detail: 'The order cannot be asked right now.' });
}

/** An order that is renewed without being told to which table moves to the shop's present one. */
export function withTable(command: Command, shop: Shop): Command {
  return command.type === 'renew' ? { shop, ...command } : command;
}

/** As an order's history keeps it. */
export function withoutTable(command: Command): Command {
  if (command.type !== 'renew') return command;
  const { shop: _, ...rest } = command;
  return rest;
}
