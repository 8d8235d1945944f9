import { listOrders } from '../../db/finding/list';
import { unknownWords } from '../finding/words';
import type { Answer } from '../http/answers';
import { invalid } from '../http/request';
import { problem } from '../problems';
import type { Services } from '../services';
import { MOST_ORDERS, type NewBatchBody } from './schemas';

const PAGE = 100;

/** The orders of a batch, each once: those that are named, or all that match, oldest first. */
export async function chosenOrders(
  services: Services,
  { numbers, filter = {} }: NewBatchBody,
): Promise<{ readonly numbers: readonly string[] } | { readonly no: Answer }> {
  if (numbers) return { numbers: [...new Set(numbers)] };
  const unknown = await unknownWords(services, filter, { prefix: '/filter' });
  if (unknown) {
    const detail = unknown.errors.map((each) => each.detail).join(' ');
    return { no: problem('validation', { detail, ...unknown }) };
  }
  const found: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await listOrders(services.db, filter, { limit: PAGE, after, sort: 'oldest' });
    found.push(...page.rows.map(({ number }) => number));
    if (found.length > MOST_ORDERS) return { no: tooMany() };
    if (page.next === undefined) break;
    after = page.next;
  }
  return found.length > 0 ? { numbers: found } : { no: nothingMatches() };
}

function tooMany(): Answer {
  const detail = `More than ${MOST_ORDERS} orders match, and a batch has at most so many: narrow the filter, by date for example.`;
  return invalid([{ pointer: '/filter', detail }]);
}

function nothingMatches(): Answer {
  return invalid([{ pointer: '/filter', detail: 'No order matches: widen the filter.' }]);
}
