import { change, type Draft } from '../deciding/draft';
import { limits } from '../deciding/limits';
import type { EventOf, OrderEvent } from '../events';
import type { Objection } from '../refusals';
import { agreed, type Note, type OrderContext } from '../state';

/** Until when its author may change a note, ISO 8601; undefined for those that nobody may. */
function editableUntil({ system, at, editedAt = at }: Note): string | undefined {
  if (system) return undefined;
  return new Date(Date.parse(editedAt) + limits.noteMinutes * 60_000).toISOString();
}

function isOpen(note: Note, { actor, at }: OrderEvent): boolean {
  const until = editableUntil(note);
  return until !== undefined && note.author === actor.name && Date.parse(at) <= Date.parse(until);
}

/** Why a note may not be changed: nobody changes another's, and its author not for long. */
export function objectToEdit(
  context: OrderContext,
  event: EventOf<'edit-note'>,
): Objection | undefined {
  const { number } = agreed(context);
  const note = context.notes.find(({ id }) => id === event.note);
  if (note && isOpen(note, event)) return undefined;
  const allowed = context.notes.filter((each) => isOpen(each, event)).map(({ id }) => id);
  const until = note && editableUntil(note);
  const author = note?.author;
  const detail = !note
    ? `Order ${number} has no note ${event.note}.`
    : until === undefined
      ? `A System note stays as it was written: add a note of your own.`
      : author !== event.actor.name
        ? `The note is ${author}’s, who alone may change it: add a note of your own.`
        : `Your note could be changed until ${until}, ${limits.noteMinutes} minutes after its last change: add another.`;
  const errors = [{ pointer: '/note', detail }];
  const figures = { order: number, note: event.note, author, until, now: event.at };
  return { code: 'note-closed', detail, figures, allowed, errors };
}

/** Changes a note; the history keeps both texts. */
export function editNote(draft: Draft, { note: id, text, at }: EventOf<'edit-note'>): void {
  const before = draft.context.notes.find((note) => note.id === id);
  if (!before) return;
  const notes = draft.context.notes.map((note) =>
    note.id === id ? { ...note, text, editedAt: at } : note,
  );
  change(draft, { notes });
  draft.facts.push({ type: 'note-edited', id, from: before.text, to: text });
}
