import { saysUnits } from '../fulfilment/units';
import { written } from '../money';
import { listed } from '../refusals';
import type { ReturnFact } from './facts';

type Received = Extract<ReturnFact, { type: 'return-received' }>['lines'][number];

function received({ id, good, damaged, restocked }: Received): string {
  const counts = [
    ...(good > 0 ? [`${good} good`] : []),
    ...(damaged > 0 ? [`${damaged} damaged`] : []),
    ...(restocked > 0 ? [`${restocked} back on the shelf`] : []),
  ];
  return `${listed(counts)} of line ${id}`;
}

function decided(fact: Extract<ReturnFact, { type: 'refund-decided' }>, currency: string): string {
  const {
    amount: sent,
    credited = 0,
    reason,
    return: id,
    lines = [],
    charges = [],
    worth = 0,
    kept = 0,
  } = fact;
  const what = [...lines.map((line) => saysUnits([line])), ...charges];
  const parts = [
    ...(id === undefined ? [] : [`for return ${id}`]),
    ...(what.length > 0 ? [`for ${listed(what)}`] : []),
    ...(kept > 0 ? [`keeping ${written(kept, currency)} of ${written(worth, currency)}`] : []),
  ];
  const about = parts.length > 0 ? ` ${parts.join(', ')}` : '';
  return `A refund of ${written(sent + credited, currency)} was granted${about}: ${reason}`;
}

/** What each fact about a return means, in a sentence for people. */
export const returnSentences: {
  readonly [T in ReturnFact['type']]: (
    fact: Extract<ReturnFact, { type: T }>,
    currency: string,
  ) => string;
} = {
  'return-requested': (fact) =>
    `Return ${fact.return} was asked for: ${saysUnits(fact.lines)}. ${fact.reason}`,
  'return-authorised': (fact) => {
    const how = fact.instructions ? `: ${fact.instructions}` : '.';
    return `Return ${fact.return} may come${how}`;
  },
  'return-declined': (fact) => `Return ${fact.return} was declined: ${fact.reason}`,
  'return-received': (fact) => `Of return ${fact.return} came ${listed(fact.lines.map(received))}.`,
  'return-given-up': (fact) =>
    `Of return ${fact.return} no more is awaited: ${saysUnits(fact.lines)} did not come.`,
  'return-refunded': (fact, currency) =>
    fact.amount === 0
      ? `Return ${fact.return} is over: no money had to go back.`
      : `Return ${fact.return} is refunded: ${written(fact.amount, currency)}.`,
  'return-closed': (fact) => `Return ${fact.return} was closed: ${fact.reason}`,
  'refund-decided': decided,
  'bill-lowered': (fact, currency) =>
    `The order owes ${written(fact.amount, currency)} less: return ${fact.return} came back before it was paid.`,
  'exchange-decided': (fact, currency) =>
    `Return ${fact.return} is exchanged for order ${fact.number}, which ${written(fact.transferred, currency)} of it pays for.`,
  'exchange-placed': (fact, currency) =>
    `Order ${fact.number} was placed for return ${fact.return}, with ${written(fact.transferred, currency)} moved over to it.`,
  'exchange-refused': (fact) =>
    `Order ${fact.number} could not be placed for return ${fact.return}: ${fact.why}`,
};
