import type { CommandType, FormField } from './form';

const reason = { name: 'reason', as: 'long', label: 'Reason', required: true } as const;
const reference = (hint: string): FormField => ({
  ...{ name: 'reference', as: 'text', label: 'Reference', hint },
});
const notify: FormField = {
  ...{ name: 'notify', as: 'flag', label: 'Tell the customer', initial: true },
};
const note = (required?: true): FormField => ({
  ...{ name: 'note', as: 'long', label: 'Note', ...(required && { required }) },
});
const some = (more: { part?: string; filled?: true; whole?: true } = {}): FormField => ({
  ...{ name: 'lines', as: 'units', label: 'Units', ...more },
});
const shippingEvent: FormField = {
  ...{ name: 'shippingEvent', as: 'choice', label: 'For the parcel', from: 'shipments' },
};
const payment: FormField = {
  ...{ name: 'payment', as: 'choice', label: 'Payment', from: 'payments' },
};

/** Money is said as all of it, as an amount, or as what it is for. */
function howMuch(all: string): readonly FormField[] {
  return [
    {
      ...{ name: 'how', as: 'parts', label: 'How much' },
      parts: [
        { value: 'all', label: all },
        { value: 'amount', label: 'An amount' },
        { value: 'units', label: 'For units' },
      ],
    },
    { name: 'amount', as: 'amount', label: 'Amount', part: 'amount', filled: true, required: true },
    some({ part: 'units' }),
    { name: 'charges', as: 'charges', label: 'Charges', part: 'units' },
  ];
}

/** What each command asks of its sender, beside what its action says already. */
export const forms: { readonly [T in CommandType]: readonly FormField[] } = {
  'record-shipping-event': [
    some({ filled: true }),
    { name: 'tracking', as: 'tracking', label: 'Tracking' },
    { name: 'location', as: 'choice', label: 'Leaves from', from: 'locations' },
    reference("The carrier's or partner's own"),
    notify,
    { name: 'override', as: 'override', label: 'Go over the rules' },
  ],
  'send-downloads': [],
  cancel: [
    {
      ...{ name: 'how', as: 'parts', label: 'How much' },
      parts: [
        { value: 'all', label: 'The whole order' },
        { value: 'units', label: 'Some units' },
      ],
    },
    some({ part: 'units' }),
    reason,
  ],
  'take-payment': [
    ...howMuch('All that is left'),
    payment,
    shippingEvent,
    { name: 'final', as: 'flag', label: 'Let go of whatever is still held', initial: false },
  ],
  refund: [
    ...howMuch('All of it'),
    { ...reason, hint: 'Why the money goes back' },
    payment,
    {
      ...{ name: 'keep', as: 'amount', label: 'Keep', needs: 'return' },
      hint: "What the shop keeps of a return's price, for damage say",
    },
  ],
  void: [payment],
  'record-payment-event': [
    { name: 'amount', as: 'amount', label: 'Amount', required: true, filled: true },
    reference('What it is called outside'),
    shippingEvent,
    { name: 'overpaid', as: 'flag', label: 'More than is owed came in', initial: false },
  ],
  'confirm-payment': [
    { name: 'amount', as: 'amount', label: 'Amount that came in', filled: true },
    reference('What the bank calls it'),
  ],
  'settle-movement': [
    { name: 'outcome', as: 'choice', label: 'The money', from: 'outcomes', required: true },
    reference("The gateway's own"),
    { ...note(true), label: 'How this is known' },
  ],
  undo: [],
  'set-status': [note()],
  'set-line-status': [{ ...some({ filled: true, whole: true }), label: 'Lines' }],
  hold: [
    reason,
    { name: 'until', as: 'time', label: 'Until', hint: 'It is released by itself then' },
  ],
  'release-hold': [],
  'request-return': [
    some(),
    reason,
    { name: 'late', as: 'flag', label: "Also after the shop's time for returns", initial: false },
  ],
  'authorise-return': [
    { name: 'instructions', as: 'long', label: 'Instructions', hint: 'How to send the goods' },
    notify,
  ],
  'decline-return': [reason, notify],
  'receive-return': [
    { name: 'lines', as: 'received', label: 'What came' },
    { name: 'complete', as: 'flag', label: 'Nothing more is awaited', initial: false },
    reference("The carrier's or warehouse's own"),
    notify,
  ],
  'close-return': [reason],
  exchange: [
    { name: 'lines', as: 'goods', label: 'Send instead' },
    {
      ...{ name: 'keep', as: 'amount', label: 'Keep' },
      hint: "What the shop keeps of the returned goods' price",
    },
    { name: 'number', as: 'text', label: "The new order's number", hint: 'Given by itself' },
    { name: 'reason', as: 'long', label: 'Reason' },
  ],
  'hand-over': [
    { name: 'partner', as: 'choice', label: 'Partner', from: 'partners' },
    some({ filled: true }),
  ],
  'accept-hand-over': [some({ filled: true }), reference("The partner's own")],
  'decline-hand-over': [some({ filled: true }), { ...reason, hint: 'Why not' }],
  'add-note': [{ name: 'text', as: 'long', label: 'Note', required: true }],
  'edit-note': [{ name: 'text', as: 'long', label: 'Note', required: true }],
  'send-message': [
    { name: 'again', as: 'flag', label: 'Also if it was sent before', initial: false },
    shippingEvent,
  ],
  'record-print': [shippingEvent],
  'resolve-task': [{ ...note(), hint: 'What was done about it' }],
  renew: [],
  reconcile: [],
};
