import type { CountedUnits, PlacedLine } from '../events';
import type { StoredOrder } from '../history';
import { agreed, type OrderContext } from '../state';
import { after, type Terms } from '../partners/due';
import type { PartnerFact } from '../partners/facts';
import { LETTERS, type Letter, type LetterLine } from './letters';
import type { PartnersRule } from '../partners/rule';

/** A row of the outbox that tells a partner something. */
export interface LetterRow {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  /** When it was written, ISO 8601. */
  readonly at: string;
}

type Payload<T extends PartnerFact['type']> = Omit<Extract<PartnerFact, { type: T }>, 'type'>;
type Told = Payload<'handed-over'> & Partial<Payload<'partner-told'>>;

/** The partner's own words for a line; only the partner that it was placed for has any. */
function wordsOf({ sku, partner, ...line }: PlacedLine, told: string) {
  if (partner !== told) return { sku };
  return { sku: line.partnerSku ?? sku, reference: line.partnerReference };
}

function linesFor(context: OrderContext, partner: string, units: readonly CountedUnits[]) {
  const placed = agreed(context).lines;
  return units.flatMap(({ id, quantity }): LetterLine[] => {
    const line = placed.find((each) => each.id === id);
    if (!line) return [];
    const { sku: shopSku, upc, title, notes } = line;
    const { sku, reference } = wordsOf(line, partner);
    const given = { upc, reference, notes };
    const known = Object.entries(given).filter(([, value]) => value !== undefined);
    return [{ id, sku, shopSku, title, quantity, ...Object.fromEntries(known) }];
  });
}

/** Until when the partner is expected to answer, and to have sent the last unit. */
function timesOf(rule: PartnersRule | undefined, terms: Terms, since: string) {
  const [accept, ship] = [terms.accept ?? rule?.accept, terms.ship ?? rule?.ship];
  return {
    ...(accept && { answerBy: after(since, accept.escalate) }),
    ...(ship && { shipBy: after(since, ship.escalate) }),
  };
}

/**
 * What a partner is told by a row of the outbox, in the partner's own words; `sequence` counts what it was
 * told of the order, `terms` are its own times.
 */
export function writeLetter(
  { number, state, shop }: Pick<StoredOrder, 'number' | 'state' | 'shop'>,
  row: LetterRow,
  sequence: number,
  terms: Terms,
): Letter {
  const { context } = state;
  const told = row.payload as Told;
  const { handOver, partner } = told;
  const lines = linesFor(context, partner, told.lines);
  const few = lines.map(({ id, sku, quantity }) => ({ id, sku, quantity }));
  const { id, at } = row;
  const heading = { version: LETTERS, id, partner, order: number, handOver, sequence, at } as const;
  if (row.kind === 'cancellation') {
    const { reason = 'The order changed.' } = told;
    return { ...heading, type: 'cancellation', lines: few, reason };
  }
  if (row.kind === 'reminder') {
    const { waitsFor = 'answer', since = at } = told;
    return { ...heading, type: 'reminder', waitsFor, since, lines: few };
  }
  const { shippingAddress, customer, shipping } = agreed(context);
  const since = context.handOvers.find((each) => each.id === handOver)?.since ?? at;
  return {
    ...heading,
    type: 'order',
    ...(shippingAddress && { shipTo: shippingAddress }),
    customer: { ...(customer.name !== undefined && { name: customer.name }) },
    ...(shipping && { shipping: { code: shipping.code, name: shipping.name } }),
    lines,
    ...timesOf(shop.partners, terms, since),
  };
}
