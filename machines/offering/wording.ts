import type { Command } from '../events';
import type { OrderContext } from '../state';
import type { Shop } from '../table';

export const groups = [
  ...(['money', 'shipping', 'status', 'lines', 'returns'] as const),
  ...(['partner', 'message', 'people'] as const),
] as const;
/** What a command is about, for a menu of them. */
export type Group = (typeof groups)[number];

interface Wording<T extends Command['type']> {
  readonly group: Group;
  readonly title: string;
  /** With what it chooses; its title where it chooses nothing. */
  readonly label?: (
    command: Extract<Command, { type: T }>,
    about: { readonly shop: Shop; readonly context: OrderContext },
  ) => string;
}

const spaced = (word: string) => word.replaceAll('-', ' ');

/** "Mark as shipped" for what a person sends off; what a provider delivers, or comes back, is recorded. */
function shippingLabel(event: string, shop: Shop): string {
  const { means, fulfilledBy } = shop.shippingEvents[event] ?? {};
  const isSentByHand = means === 'dispatched' && fulfilledBy === undefined;
  return isSentByHand ? `Mark as ${event.toLowerCase()}` : `Record ${event}`;
}

/** How buttons and dialogs call each command. */
export const wordings: { readonly [T in Command['type']]: Wording<T> } = {
  'take-payment': { group: 'money', title: 'Take payment' },
  refund: {
    group: 'money',
    title: 'Refund',
    label: (command) => (command.return === undefined ? 'Refund' : `Refund ${command.return}`),
  },
  void: { group: 'money', title: 'Void what is held' },
  'record-payment-event': {
    group: 'money',
    title: 'Record money from outside',
    label: ({ event }) => `Record ${event}`,
  },
  'confirm-payment': {
    group: 'money',
    title: 'Confirm a payment',
    label: ({ payment }) => `Confirm payment ${payment}`,
  },
  'settle-movement': { group: 'money', title: 'Say what became of money' },
  'record-shipping-event': {
    group: 'shipping',
    title: 'Record a shipping event',
    label: ({ event }, { shop }) => shippingLabel(event, shop),
  },
  'send-downloads': { group: 'shipping', title: 'Send the downloads again' },
  'set-status': {
    group: 'status',
    title: 'Move the order',
    label: ({ status }) => `Move to ${status}`,
  },
  hold: { group: 'status', title: 'Hold' },
  'release-hold': { group: 'status', title: 'Release the hold' },
  cancel: { group: 'status', title: 'Cancel' },
  undo: {
    group: 'status',
    title: 'Undo what waits',
    label: ({ command }, { context }) => {
      const waits = context.waiting.find(({ event }) => event.id === command);
      return waits ? `Undo: ${wordings[waits.event.type].title}` : 'Undo what waits';
    },
  },
  renew: { group: 'status', title: "Move to the shop's newer table" },
  'set-line-status': {
    group: 'lines',
    title: 'Move lines',
    label: ({ status }) => `Move lines to ${status}`,
  },
  'request-return': { group: 'returns', title: 'Request a return' },
  'authorise-return': {
    group: 'returns',
    title: 'Authorise a return',
    label: (command) => `Authorise ${command.return}`,
  },
  'decline-return': {
    group: 'returns',
    title: 'Decline a return',
    label: (command) => `Decline ${command.return}`,
  },
  'receive-return': {
    group: 'returns',
    title: 'Receive a return',
    label: (command) => `Receive ${command.return}`,
  },
  'close-return': {
    group: 'returns',
    title: 'Close a return',
    label: (command) => `Close ${command.return}`,
  },
  exchange: {
    group: 'returns',
    title: 'Exchange returned goods',
    label: (command) => `Exchange ${command.return}`,
  },
  'hand-over': { group: 'partner', title: 'Hand over to a partner' },
  'accept-hand-over': {
    group: 'partner',
    title: 'Accept a hand-over',
    label: ({ handOver }) => `Accept ${handOver ?? 'a hand-over'}`,
  },
  'decline-hand-over': {
    group: 'partner',
    title: 'Decline a hand-over',
    label: ({ handOver }) => `Decline ${handOver ?? 'a hand-over'}`,
  },
  'send-message': {
    group: 'message',
    title: 'Send a message',
    label: ({ kind }) => `Send “${spaced(kind)}”`,
  },
  'add-note': { group: 'people', title: 'Add a note' },
  'edit-note': { group: 'people', title: 'Change the last note' },
  'record-print': { group: 'people', title: 'Record that a slip was printed' },
  'resolve-task': {
    group: 'people',
    title: 'Resolve a task',
    label: ({ task }, { context }) => {
      const reason = context.attention.find(({ id }) => id === task)?.reason;
      return reason === undefined ? 'Resolve a task' : `Resolve “${spaced(reason)}”`;
    },
  },
  reconcile: { group: 'people', title: 'Record a difference' },
};

/** An imperative in the words of the shop's table. */
export function labelOf<T extends Command['type']>(
  shop: Shop,
  context: OrderContext,
  command: Extract<Command, { type: T }>,
): string {
  const { label, title } = wordings[command.type as T];
  return label?.(command, { shop, context }) ?? title;
}
