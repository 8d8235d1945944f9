import { presentFacets, shippingWords } from '../../db/finding/facets';
import type { OrderFilter } from '../../db/finding/filter';
import type { Shop } from '../../machines/table';
import type { RequestFault } from '../problems';
import type { Services } from '../services';

interface Words {
  readonly status: readonly string[];
  readonly shipping: readonly string[];
}

/** The words a filter may use: of the shop's table, and those of older tables that orders still have. */
export async function wordsOf({ db, shop }: Pick<Services, 'db' | 'shop'>): Promise<Words> {
  const facets = await presentFacets(db);
  const present = (words: readonly string[], more: readonly string[]) => [
    ...new Set([...words, ...more]),
  ];
  return {
    status: present(
      Object.keys(shop.orders.statuses),
      facets.map(([status]) => status),
    ),
    shipping: present(
      shippingOf(shop),
      facets.flatMap(([, , shipping]) => shippingWords(shipping)),
    ),
  };
}

function shippingOf({ shippingEvents }: Shop): string[] {
  const types = Object.entries(shippingEvents);
  const kept = types.filter(([, { means }]) => means !== 'cancelled').map(([type]) => type);
  return ['none', 'in progress', ...kept, 'cancelled'];
}

export interface UnknownWords {
  readonly errors: readonly RequestFault[];
  readonly allowed: readonly string[];
}

/** What a filter asks for that no order can have, with what is allowed; undefined when all is well. */
export async function unknownWords(
  services: Pick<Services, 'db' | 'shop'>,
  { status = [], shipping = [] }: OrderFilter,
  at: { readonly prefix?: string; readonly in?: RequestFault['in'] } = {},
): Promise<UnknownWords | undefined> {
  if (status.length + shipping.length === 0) return undefined;
  const words = await wordsOf(services);
  for (const [name, asked] of Object.entries({ status, shipping })) {
    const allowed = words[name as keyof Words];
    const unknown = asked.filter((word) => !allowed.includes(word));
    if (unknown.length === 0) continue;
    const errors = unknown.map((word) => ({
      pointer: `${at.prefix ?? ''}/${name}`,
      detail: `There is no ${name === 'status' ? 'order status' : 'shipping'} ${word}: write ${allowed.join(', ')}.`,
      ...(at.in && { in: at.in }),
    }));
    return { errors, allowed };
  }
  return undefined;
}
