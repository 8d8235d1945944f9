import { alert, change, draftOf, type Draft } from '../deciding/draft';
import { milliseconds } from '../duration';
import type { EventOf, OrderEvent } from '../events';
import { listed, refusal, type Objection, type Refusal } from '../refusals';
import { agreed, type OrderContext } from '../state';
import { undoableCommands, type UndoableCommand } from './rule';
import type { WaitingCommand } from './state';

const WAITS = 'waits:';

export function isUndoable(type: OrderEvent['type']): type is UndoableCommand {
  return undoableCommands.some((each) => each === type);
}

/** The id of the command that a deadline ends the waiting of; undefined for other deadlines. */
export function waitingOfDeadline(name: string): string | undefined {
  return name.startsWith(WAITS) ? name.slice(WAITS.length) : undefined;
}

export function deadlineOf({ event }: { readonly event: { readonly id: string } }): string {
  return `${WAITS}${event.id}`;
}

export function dueWaiting({ waiting }: OrderContext): { name: string; at: string }[] {
  return waiting.map((each) => ({ name: deadlineOf(each), at: each.until }));
}

function inWords({ event, until }: WaitingCommand): string {
  return `${event.type} by ${event.actor.name} waits until ${until}`;
}

/** While one command waits, no other of its like comes between: what it was decided on is to stay true. */
export function objectToOvertaking(context: OrderContext): Objection | undefined {
  const [first] = context.waiting;
  if (!first) return undefined;
  const { id, type } = first.event;
  const detail = `Order ${agreed(context).number}: ${inWords(first)}. Undo it with { "type": "undo", "command": "${id}" }, or try again after that.`;
  const figures = { command: id, type, until: first.until };
  return { code: 'command-waits', detail, figures, allowed: ['undo'] };
}

/** Takes an accepted command in, to be done when its time is over. */
export function startWaiting(draft: Draft, event: WaitingCommand['event']): void {
  const window = draft.shop.undo?.[event.type];
  if (!window) return;
  const until = new Date(Date.parse(event.at) + milliseconds(window)).toISOString();
  change(draft, { waiting: [...draft.context.waiting, { event, until }] });
  const { id, type: kind } = event;
  draft.facts.push({ type: 'command-waits', command: id, kind, until });
  draft.facts.push({ type: 'command', id, outcome: 'pending' });
}

function stopWaiting(draft: Draft, id: string | undefined): WaitingCommand | undefined {
  const found = draft.context.waiting.find(({ event }) => event.id === id);
  change(draft, { waiting: draft.context.waiting.filter((each) => each !== found) });
  return found;
}

/** What a waiting command is refused for now, and how it is done. */
export interface Doing {
  readonly refusalOf: (draft: Draft, event: OrderEvent) => Refusal | undefined;
  readonly record: (draft: Draft, event: OrderEvent) => void;
}

/** The time to undo a command is over: it is done now, by whoever sent it; people are told where it cannot be. */
export function endWaiting(draft: Draft, deadline: EventOf<'deadline'>, doing: Doing): void {
  const waited = stopWaiting(draft, waitingOfDeadline(deadline.name));
  if (!waited) return;
  const event = { ...waited.event, at: deadline.at };
  const own = draftOf(draft.shop, draft.context, event);
  const refused = deadline.refused ?? doing.refusalOf(own, event);
  if (!refused) {
    doing.record(own, event);
    draft.context = own.context;
    draft.facts.push(...own.facts);
    const isMoving = own.context.movements.some(({ command }) => command === event.id);
    if (!isMoving) draft.facts.push({ type: 'command', id: event.id, outcome: 'done' });
    return;
  }
  const { id, type, actor } = event;
  draft.facts.push({ type: 'command', id, outcome: 'refused', refusal: refused });
  alert(
    draft,
    'waiting-refused',
    `${type} by ${actor.name} had waited, and was refused then: ${refused.detail}`,
  );
}

export function objectToUndoing(
  { waiting }: OrderContext,
  { command }: EventOf<'undo'>,
): Objection | undefined {
  const ids = waiting.map(({ event }) => event.id);
  if (ids.includes(command)) return undefined;
  const detail = `${command} does not wait to be done; waiting: ${listed(ids)}.`;
  const errors = [{ pointer: '/command', detail }];
  return { code: 'not-found', detail, figures: { command }, allowed: ids, errors };
}

/** A command that waited is not done. */
export function undo(draft: Draft, { command, actor }: EventOf<'undo'>): void {
  const undone = stopWaiting(draft, command);
  if (!undone) return;
  const { id, type: kind } = undone.event;
  draft.facts.push({ type: 'command-undone', command: id, kind, by: actor.name });
  const detail = `It was undone by ${actor.name} before it was done.`;
  const refused = refusal('undone', { code: 'undone', detail });
  draft.facts.push({ type: 'command', id, outcome: 'refused', refusal: refused });
}
