import { commandSpecs, type CommandSpec } from '../../machines/commands';
import type { Command } from '../../machines/events';
import { forbidden } from '../auth';
import type { Answer } from '../http/answers';
import type { Caller } from '../http/call';
import { invalid } from '../http/request';
import { problem } from '../problems';
import type { ShownOrder } from '../shown-order';

/** The roles whose keys may send a command, besides an admin's. */
export function rolesFor(type: Command['type']): CommandSpec['roles'] {
  return commandSpecs[type].roles;
}

export function maySend({ role }: Caller, type: Command['type']): boolean {
  return role === 'admin' || rolesFor(type).includes(role);
}

/** Why this caller may not send this command to this order; undefined when they may. */
export function mayNotSend(
  caller: Caller,
  order: ShownOrder,
  command: Command,
): Answer | undefined {
  const { type } = command;
  if (!maySend(caller, type)) {
    return forbidden(caller.role, ['admin', ...rolesFor(type)], `send ${type}`);
  }
  return caller.role === 'partner' ? foreignLines(order, command) : undefined;
}

/** A line of somebody else is to a partner a line that is not there. */
function foreignLines({ number, lines: own }: ShownOrder, command: Command): Answer | undefined {
  const lines = 'lines' in command ? command.lines : undefined;
  if (!lines) return invalid([{ pointer: '/lines', detail: 'Name the lines; a partner has to.' }]);
  const errors = lines.flatMap(({ id }, position) => {
    if (own.some((line) => line.id === id)) return [];
    return [
      { pointer: `/lines/${position}/id`, detail: `${id} is not a line of order ${number}.` },
    ];
  });
  if (errors.length === 0) return undefined;
  const detail = `Order ${number}: ${errors.map((each) => each.detail).join(' ')}`;
  return problem('invalid-shipping-event', { detail, guard: 'linesAreYours', errors });
}
