import { z } from 'zod';
import type { OrderFilter } from '../../db/finding/filter';
import { forbidden } from '../auth';
import type { Answer } from '../http/answers';
import type { Caller } from '../http/call';
import { problem } from '../problems';
import { cursor, limit } from '../schemas/common';
import type { Services } from '../services';
import { filterFields, yesNo } from './filter';
import { unknownWords } from './words';

const sort = z.enum(['newest', 'oldest', 'updated', 'largest']).optional().meta({
  description:
    'newest and oldest by date of placing, updated by the last change, largest by total (in minor units, whatever the currency). Newest first; with updatedFrom or updatedTo, updated.',
});

export const listQuery = z.strictObject({ ...filterFields, sort, limit, cursor });
export type ListQuery = z.output<typeof listQuery>;

export const exportQuery = z.strictObject({
  ...filterFields,
  sort,
  rows: z
    .enum(['orders', 'lines'])
    .default('orders')
    .meta({ description: 'A row for each order, or for each line.' }),
  bom: yesNo('true: begin with a byte order mark, by which Excel knows UTF-8.'),
});

type Asked = OrderFilter & { readonly sort?: ListQuery['sort'] };

/** What a partner may look for: what it sees of an order. */
const partnersFields: readonly string[] = [
  ...['status', 'hold', 'number', 'sku', 'upc', 'title', 'q', 'partner'],
  ...['placedFrom', 'placedTo', 'updatedFrom', 'updatedTo', 'sort'],
];

/** The filter as this caller may use it, or why not. */
export async function filterFor(
  services: Services,
  caller: Caller,
  { sort: sorted, ...filter }: Asked,
): Promise<{ readonly filter: OrderFilter } | { readonly no: Answer }> {
  const isPartner = caller.role === 'partner';
  const secret = Object.entries({ ...filter, sort: sorted === 'largest' ? sorted : undefined })
    .filter(([name, value]) => value !== undefined && !partnersFields.includes(name))
    .map(([name]) => name);
  if (isPartner && (secret.length > 0 || sorted === 'largest')) {
    const asked = sorted === 'largest' ? [...secret, 'sort=largest'] : secret;
    return {
      no: forbidden(caller.role, ['admin', 'clerk', 'viewer'], `look for ${asked.join(', ')}`),
    };
  }
  const unknown = await unknownWords(services, filter, { in: 'query' });
  if (unknown) {
    const { errors, allowed } = unknown;
    const detail = errors.map((each) => each.detail).join(' ');
    return { no: problem('validation', { detail, errors, allowed }) };
  }
  if (!isPartner) return { filter };
  // Its own line has to have what is asked of lines.
  const { partner: onlyPartner = '' } = caller;
  return { filter: { ...filter, partner: [onlyPartner], onlyPartner } };
}
