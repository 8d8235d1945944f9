import { commandSpecs, type CommandSpec } from '../../machines/commands';
import type { Command } from '../../machines/events';
import { forbidden } from '../auth';
import type { Answer } from '../http/answers';
import type { Caller } from '../http/call';

/** The roles whose keys may send a command, besides an admin's. */
export function rolesFor(type: Command['type']): CommandSpec['roles'] {
  return commandSpecs[type].roles;
}

export function maySend({ role }: Caller, type: Command['type']): boolean {
  return role === 'admin' || rolesFor(type).includes(role);
}

/** Why this caller may not send this command; undefined when they may. */
export function mayNotSend(caller: Caller, { type }: Command): Answer | undefined {
  if (maySend(caller, type)) return undefined;
  return forbidden(caller.role, ['admin', ...rolesFor(type)], `send ${type}`);
}
