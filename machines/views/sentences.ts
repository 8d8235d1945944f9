import { nounOf } from '../effects';
import type { Fact, StockMove } from '../facts';
import { saysUnits } from '../fulfilment/units';
import { written } from '../money';
import { partnerSentences } from '../partners/view';
import { listed } from '../refusals';
import { tableName } from '../renewing/words';
import { returnSentences } from '../returns/sentences';

const stockMoves = {
  allocate: 'allocated',
  consume: 'consumed',
  release: 'given back',
  expire: 'given back, because nobody paid',
  backorder: 'back-ordered',
  forgo: 'waited for no more',
  arrive: 'came in and allocated',
  restock: 'put back on the shelf',
} as const satisfies Record<StockMove, string>;

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;

/** Characters of an answer that is told along. */
const LONGEST_ANSWER = 200;

const sentences: {
  readonly [T in Fact['type']]: (fact: FactOf<T>, currency: string) => string;
} = {
  'order-placed': () => 'The order was placed.',
  'placing-withdrawn': () => 'The placing was withdrawn.',
  'order-status': (fact) =>
    fact.from === null
      ? `The order is ${fact.to}.`
      : `The order became ${fact.to}; it was ${fact.from}.`,
  'line-status': (fact) =>
    `Line ${fact.line} became ${fact.to}${fact.from === null ? '' : `; it was ${fact.from}`}.`,
  'shipping-event': ({ event, lines, tracking }) => {
    const carrier = tracking?.carrier ? `${tracking.carrier} ` : '';
    return `${event}: ${saysUnits(lines)}${tracking ? ` (${carrier}${tracking.number})` : ''}.`;
  },
  'payment-event': (fact, currency) =>
    `${fact.event}: ${written(fact.amount, currency)} on ${fact.payment} (${fact.gateway}).`,
  'movement-settled': ({ kind, amount, key, outcome, by, note }, currency) =>
    `${by} says that the ${nounOf(kind)} of ${written(amount, currency)} (${key}) ${outcome === 'moved' ? 'took' : 'did not take'} place: ${note}`,
  'command-waits': ({ kind, until }) =>
    `${kind} waits until ${until}; until then it can be undone.`,
  'command-undone': ({ kind, by }) => `${kind} was undone by ${by} before it was done.`,
  'renewal-asked': (fact, currency) =>
    `The card of ${fact.renews} is to be authorised again for ${written(fact.amount, currency)}, as ${fact.payment}: ${fact.why}`,
  'payment-failed': (fact, currency) =>
    `The ${nounOf(fact.kind)} of ${written(fact.amount, currency)} on ${fact.payment} failed: ${fact.message}`,
  'payment-outcome-unknown': (fact, currency) =>
    `Nobody knows yet whether the ${nounOf(fact.kind)} of ${written(fact.amount, currency)} on ${fact.payment} went through: ${fact.why}`,
  stock: (fact) => {
    const moved = fact.lines.map(({ quantity, sku }) => `${quantity} of ${sku}`);
    return `Stock ${stockMoves[fact.move]}: ${listed(moved)}.`;
  },
  voucher: (fact) => {
    const codes = listed(fact.vouchers.map(({ code }) => code));
    return fact.move === 'use' ? `Used: voucher ${codes}.` : `Given back: voucher ${codes}.`;
  },
  'effect-called': ({ name }) => `The shop's own ${name} is called.`,
  'effect-done': ({ name, answer }) => {
    const said = answer === undefined || answer === null ? '' : JSON.stringify(answer);
    const isTold = said !== '' && said.length <= LONGEST_ANSWER;
    return `The shop's own ${name} is done${isTold ? `: ${said}` : ''}.`;
  },
  'effect-failed': ({ name, why }) => `The shop's own ${name} failed: ${why}`,
  'digital-asked': ({ lines, renews }) =>
    `The digital provider is asked for ${saysUnits(lines)}${renews ? ' once more' : ''}.`,
  'digital-delivered': ({ downloads }) =>
    `The digital provider delivered ${listed(downloads.map(({ name }) => name))}.`,
  'digital-failed': ({ why }) => `The digital provider could not deliver: ${why}`,
  override: ({ reason, rules }) =>
    rules.length === 0
      ? `The override was not needed: no rule stood in the way (${reason}).`
      : `Over the shop's rules (${reason}): ${rules.join(' ')}`,
  ...returnSentences,
  ...partnerSentences,
  message: (fact) =>
    `A message for the customer is written${fact.again ? ' again' : ''}: ${fact.kind}.`,
  'message-withheld': (fact) => `The customer is not sent ${fact.kind}: ${fact.why}`,
  'note-edited': (fact) => `The note was changed to: ${fact.to} It said: ${fact.from}`,
  note: (fact) => `${fact.system ? 'System note' : 'Note'}: ${fact.text}`,
  printed: (fact) =>
    `Printed: ${fact.document}${fact.shippingEvent === undefined ? '' : ` of ${fact.shippingEvent}`}.`,
  held: (fact) => `The order is held${fact.until ? ` until ${fact.until}` : ''}: ${fact.reason}`,
  'hold-released': () => 'The hold was released.',
  'table-renewed': (fact) => {
    const renamed = Object.entries(fact.renamed ?? {}).map(([old, word]) => `${old} is ${word}`);
    return `The order follows ${tableName(fact.to)} now; it followed ${tableName(fact.from)}.${renamed.length > 0 ? ` Of what happened: ${listed(renamed)}.` : ''}`;
  },
  attention: (fact) => `Somebody should look: ${fact.text}`,
  reconciled: ({ differences }) =>
    `What was kept of the order was written anew; it differed: ${listed(differences)}.`,
  'attention-resolved': (fact) => {
    const why = fact.note ? ` (${fact.note})` : '';
    return `${fact.by === 'people' ? 'Done' : 'Over by itself'}${why}: ${fact.text}`;
  },
  command: (fact) => {
    if (fact.outcome === 'pending') return 'It is not finished yet.';
    return `The command ${fact.id} is ${fact.outcome}${fact.refusal ? `: ${fact.refusal.detail}` : '.'}`;
  },
};

/** What a fact means, in a sentence for people; amounts are of this currency. */
export function sentenceOf(fact: Fact, currency: string): string {
  const say = sentences[fact.type] as (fact: Fact, currency: string) => string;
  return say(fact, currency);
}
