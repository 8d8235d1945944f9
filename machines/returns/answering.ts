import { alert, type Draft } from '../deciding/draft';
import { tellOf } from './messages';
import type { EventOf } from '../events';
import { listed } from '../refusals';
import { awaited } from './counts';
import { expectedBy, returnOfDeadline } from './due';
import { changeReturn, returnOf } from './finding';
import type { ReturnState } from './state';

export function authoriseReturn(draft: Draft, event: EventOf<'authorise-return'>): void {
  const { return: id, instructions, notify = true, at } = event;
  changeReturn(draft, id, { status: 'authorised', instructions, authorisedAt: at });
  const returned = returnOf(draft.context, id);
  const until = returned && expectedBy(draft.shop, returned);
  draft.facts.push({ type: 'return-authorised', return: id, instructions, expectedBy: until });
  if (notify) tellOf(draft, 'authorised', id);
}

export function declineReturn(draft: Draft, event: EventOf<'decline-return'>): void {
  const { return: id, reason, notify = true } = event;
  changeReturn(draft, id, { status: 'declined' });
  draft.facts.push({ type: 'return-declined', return: id, reason });
  if (notify) tellOf(draft, 'declined', id);
}

/** Nobody works on it any more: what has not come may be asked for again, what came stays unpaid. */
export function closeReturn(draft: Draft, { return: id, reason }: EventOf<'close-return'>): void {
  const returned = returnOf(draft.context, id);
  changeReturn(draft, id, { status: 'closed' });
  draft.facts.push({ type: 'return-closed', return: id, reason });
  const missing = returned?.exchange?.outcome === 'placed' && missingUnits(returned);
  if (missing) alertMissing(draft, id, missing);
}

function missingUnits(returned: ReturnState): string {
  const missing = returned.lines.filter((line) => awaited(returned, line) > 0);
  return missing.map((line) => `${awaited(returned, line)} of line ${line.id}`).join(', ');
}

function alertMissing(draft: Draft, id: string, missing: string): void {
  const text = `Return ${id} was exchanged in advance and never came back: ${missing}.`;
  alert(draft, 'exchange-unreturned', text);
}

/** A return that was let come has not come in time: people look, once. */
export function remindOfReturn(draft: Draft, { name, at }: EventOf<'deadline'>): void {
  const id = returnOfDeadline(name) ?? '';
  const returned = returnOf(draft.context, id);
  if (!returned) return;
  changeReturn(draft, id, { remindedAt: at });
  const missing = listed([missingUnits(returned)]);
  const text = `Return ${id} was authorised at ${returned.authorisedAt} and has not come: ${missing}. Ask the customer, or close it.`;
  alert(draft, 'return-overdue', text);
}
