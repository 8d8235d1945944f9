import type { Schemas } from '../client/client';

export type Action = Schemas['Actions']['actions'][number];

/** What a command needs of people besides what an action says already. */
export interface BulkField {
  readonly name: 'reason' | 'text';
  readonly label: string;
}

const reason = { name: 'reason', label: 'Reason' } as const;

/** The commands that make sense for many orders at once, and the one field that some of them need. */
const forMany: Partial<Record<Action['type'], BulkField | null>> = {
  'take-payment': null,
  'record-shipping-event': null,
  'set-status': null,
  'release-hold': null,
  'hand-over': null,
  'send-message': null,
  void: null,
  hold: reason,
  cancel: reason,
  'add-note': { name: 'text', label: 'Note' },
};

/** What can be done to many orders at once, as one of them has it; what is refused there may go elsewhere. */
export function bulkActions(actions: readonly Action[]): readonly Action[] {
  return actions.filter(({ type }) => type in forMany);
}

/** The field that the command needs; null where it needs none. */
export function fieldOf({ type }: Action): BulkField | null {
  return forMany[type] ?? null;
}
