import type { Actor } from '../machines/events';
import type { Sender } from './messages';

const roles: readonly Actor['role'][] = [
  'admin',
  'clerk',
  'viewer',
  'storefront',
  'partner',
  'system',
];

/** Ids that senders give have no blank; the workflow's own ids have one, so the two never meet. */
export function isSenderId(id: unknown): id is string {
  return typeof id === 'string' && /^[!-~]{1,128}$/.test(id);
}

/** Reads where a report comes from; what is no such thing is left out. */
export function readReportStamp(value: unknown): { id?: string; cause?: string } {
  if (!isFields(value)) return {};
  const { id, cause } = value;
  return {
    ...(typeof id === 'string' && /^outbox [!-~]{1,100}$/.test(id) && { id }),
    ...(typeof cause === 'string' && cause.length <= 200 && { cause }),
  };
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function actorFault(actor: unknown): string | undefined {
  if (!isFields(actor)) return 'An actor is { "role", "name" }.';
  const { role, name } = actor;
  if (!roles.includes(role as Actor['role'])) return `A role is one of ${roles.join(', ')}.`;
  if (typeof name === 'string' && /^\P{Cc}{1,200}$/u.test(name.trim())) return undefined;
  return 'An actor has a name of 1 to 200 characters.';
}

/** Web forms write null for what is left out. */
const isGiven = (value: unknown) => value !== undefined && value !== null;

function isCause(cause: unknown): boolean {
  return typeof cause === 'string' && /^\P{Cc}{1,200}$/u.test(cause);
}

function senderFault({ id, actor, version, cause }: Record<string, unknown>): string | undefined {
  if (isGiven(id) && !isSenderId(id)) {
    return 'An id is 1 to 128 visible ASCII characters without a blank.';
  }
  if (isGiven(cause) && !isCause(cause)) return 'A cause is 1 to 200 characters.';
  if (isGiven(version) && !Number.isSafeInteger(version)) return 'A version is a whole number.';
  return isGiven(actor) ? actorFault(actor) : undefined;
}

/**
 * Reads who sends a message, as people write it by hand too; nothing at all is fine, and what is wrong
 * is said in a sentence.
 */
export function readSender(value: unknown): { sender: Sender } | { fault: string } {
  if (!isGiven(value)) return { sender: {} };
  if (!isFields(value))
    return { fault: 'A sender is { "id", "actor", "version", "cause" }, each optional.' };
  const fault = senderFault(value);
  if (fault !== undefined) return { fault };
  const given = Object.entries(value).filter(([, field]) => isGiven(field));
  return { sender: Object.fromEntries(given) as Sender };
}
