import type { Shop } from '../../machines/table';
import type { Search } from '../../db/views/views';

export interface BuiltInView {
  readonly id: string;
  readonly name: string;
  readonly search: Search;
}

/** The statuses during which the table lets something leave. */
function shippingStatuses({ shippingEvents }: Shop): string[] {
  const leaving = Object.values(shippingEvents).filter(({ means }) => means === 'dispatched');
  return [...new Set(leaving.flatMap(({ during }) => during))];
}

/** The lists that every shop works through, in the words of its own table. */
export function builtInViews(shop: Shop): readonly BuiltInView[] {
  const free = { hold: 'false' };
  return [
    { id: 'all', name: 'All', search: {} },
    { id: 'attention', name: 'Needs attention', search: { needsAttention: 'true' } },
    {
      id: 'to-capture',
      name: 'To capture',
      search: { payment: ['authorised', 'partly paid'], ...free },
    },
    {
      id: 'to-ship',
      name: 'To ship',
      search: { status: shippingStatuses(shop), shipping: ['none', 'in progress'], ...free },
    },
    { id: 'on-hold', name: 'On hold', search: { hold: 'true' } },
    { id: 'late-partner', name: 'Late partner', search: { attention: ['partner-late'] } },
    { id: 'returns', name: 'Returns', search: { openReturns: 'true' } },
  ];
}
