import type { Commit } from '../../machines/history';
import { jsonText } from '../commits/json';
import { factsOf } from '../commits/rows';
import type { Part } from '../commits/statement';
import { customerText, identifierWords, searchWords, type Searched } from './words';

const PARSED = `array_to_tsvector(array(select jsonb_array_elements_text(r.words)))`;

export interface SearchRow {
  readonly customer: string;
  readonly words: readonly string[];
}

export function searchRow(placement: Searched, identifiers: readonly string[] = []): SearchRow {
  const words = new Set([...identifiers.flatMap(identifierWords), ...searchWords(placement)]);
  return { customer: customerText(placement.customer), words: [...words] };
}

/** References of gateways and tracking numbers that came with these facts. */
function identifiersIn(commit: Commit): string[] {
  const references = factsOf(commit, 'payment-event').map(({ fact }) => fact.reference);
  const parcels = factsOf(commit, 'shipping-event').flatMap(({ fact }) => [
    fact.reference,
    fact.tracking?.number,
  ]);
  return [...references, ...parcels].filter((each): each is string => !!each);
}

/** What the order is found by: written once, and again when it gets another reference or parcel. */
export function searchPart(commit: Commit, of: string): Part[] {
  const { placement } = commit.state.context;
  const identifiers = identifiersIn(commit);
  if (commit.after === 0 && placement) {
    const row = searchRow(placement, identifiers);
    const sql = `insert into order_search (number, customer, words)
      select ${of}.number, r.customer, ${PARSED}
      from ${of}, jsonb_to_record(?::jsonb) as r(customer text, words jsonb)`;
    return [{ name: 'search_row', sql, bindings: [jsonText(row)] }];
  }
  if (identifiers.length === 0) return [];
  const words = [...new Set(identifiers.flatMap(identifierWords))];
  const sql = `update order_search as s set words = s.words || ${PARSED}
    from ${of}, jsonb_to_record(?::jsonb) as r(words jsonb) where s.number = ${of}.number`;
  return [{ name: 'search_words', sql, bindings: [jsonText({ words })] }];
}

/** Rows of many orders at once, written anew where they are. */
export const writeSearchRows = `insert into order_search (number, customer, words)
  select r.number, r.customer, ${PARSED}
  from jsonb_to_recordset(?::jsonb) as r(number text, customer text, words jsonb)
  on conflict (number) do update set customer = excluded.customer, words = excluded.words`;
