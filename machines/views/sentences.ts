import type { CountedUnits } from '../events';
import type { Fact, StockMove } from '../facts';
import { written } from '../money';
import { listed } from '../refusals';
import { tableName } from '../renewing/words';

const stockMoves = {
  allocate: 'allocated',
  consume: 'consumed',
  release: 'given back',
  restock: 'put back on the shelf',
} as const satisfies Record<StockMove, string>;

function units(lines: readonly CountedUnits[]): string {
  return listed(lines.map(({ id, quantity }) => `${quantity} of line ${id}`));
}

/** What a fact means, in a sentence for people; amounts are of this currency. */
export function sentenceOf(fact: Fact, currency: string): string {
  switch (fact.type) {
    case 'order-placed':
      return 'The order was placed.';
    case 'placing-withdrawn':
      return 'The placing was withdrawn.';
    case 'order-status':
      return fact.from === null
        ? `The order is ${fact.to}.`
        : `The order became ${fact.to}; it was ${fact.from}.`;
    case 'line-status':
      return `Line ${fact.line} became ${fact.to}${fact.from === null ? '' : `; it was ${fact.from}`}.`;
    case 'shipping-event': {
      const carrier = fact.tracking?.carrier ? `${fact.tracking.carrier} ` : '';
      const tracking = fact.tracking ? ` (${carrier}${fact.tracking.number})` : '';
      return `${fact.event}: ${units(fact.lines)}${tracking}.`;
    }
    case 'payment-event':
      return `${fact.event}: ${written(fact.amount, currency)} on ${fact.payment} (${fact.gateway}).`;
    case 'payment-failed':
      return `The ${fact.kind} of ${written(fact.amount, currency)} on ${fact.payment} failed: ${fact.message}`;
    case 'payment-outcome-unknown':
      return `Nobody knows yet whether the ${fact.kind} of ${written(fact.amount, currency)} on ${fact.payment} went through: ${fact.why}`;
    case 'stock': {
      const moved = fact.lines.map(({ quantity, sku }) => `${quantity} of ${sku}`);
      return `Stock ${stockMoves[fact.move]}: ${listed(moved)}.`;
    }
    case 'voucher': {
      const codes = listed(fact.vouchers.map(({ code }) => code));
      return fact.move === 'use' ? `Used: voucher ${codes}.` : `Given back: voucher ${codes}.`;
    }
    case 'message':
      return `A message for the customer is written: ${fact.kind}.`;
    case 'message-withheld':
      return `The customer is not sent ${fact.kind}: ${fact.why}`;
    case 'note':
      return `${fact.system ? 'System note' : 'Note'}: ${fact.text}`;
    case 'printed':
      return `Printed: ${fact.document}${fact.shippingEvent === undefined ? '' : ` of ${fact.shippingEvent}`}.`;
    case 'held':
      return `The order is held${fact.until ? ` until ${fact.until}` : ''}: ${fact.reason}`;
    case 'hold-released':
      return 'The hold was released.';
    case 'table-renewed': {
      const renamed = Object.entries(fact.renamed ?? {}).map(([old, word]) => `${old} is ${word}`);
      return `The order follows ${tableName(fact.to)} now; it followed ${tableName(fact.from)}.${renamed.length > 0 ? ` Of what happened: ${listed(renamed)}.` : ''}`;
    }
    case 'attention':
      return `Somebody should look: ${fact.text}`;
    case 'attention-resolved': {
      const why = fact.note ? ` (${fact.note})` : '';
      return `${fact.by === 'people' ? 'Done' : 'Over by itself'}${why}: ${fact.text}`;
    }
    case 'command':
      if (fact.outcome === 'pending') return 'Its outcome is not known yet.';
      return `The command ${fact.id} is ${fact.outcome}${fact.refusal ? `: ${fact.refusal.detail}` : '.'}`;
  }
}
