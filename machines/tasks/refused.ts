import { alert, type Draft } from '../deciding/draft';
import type { EventOf, OrderEvent } from '../events';
import type { Objection, Refusal } from '../refusals';
import type { OrderContext } from '../state';

/** What the order notes of a refused attempt besides the attempt: a partner's message is for people to look at. */
export function noticeOf(
  event: OrderEvent,
  { detail }: Refusal,
): EventOf<'command.refused'> | undefined {
  const { type, id, at, actor } = event;
  if (actor.role !== 'partner') return undefined;
  return {
    type: 'command.refused',
    command: type,
    sender: actor.name,
    why: detail,
    id: `refusal of ${id}`,
    at,
    actor: { role: 'system', name: 'order' },
    cause: id,
  };
}

function textOf({ sender, command, why }: EventOf<'command.refused'>): string {
  return `${sender} sent ${command}, and it was refused: ${why}`;
}

/** Partners send again what was refused; people are asked once while they have not looked. */
export function objectToNotice(
  { attention }: OrderContext,
  event: EventOf<'command.refused'>,
): Objection | undefined {
  const text = textOf(event);
  if (!attention.some((task) => task.reason === 'partner-refused' && task.text === text)) {
    return undefined;
  }
  return { code: 'validation', detail: 'People have been asked to look at it already.' };
}

export function alertOfRefused(draft: Draft, event: EventOf<'command.refused'>): void {
  alert(draft, 'partner-refused', textOf(event));
}
