import shop from '../../machines/shop';
import type { Shop } from '../../machines/table';

const { statuses } = shop.orders;

/** The default shop, which has partners send its lines. */
export default {
  ...shop,
  orders: {
    ...shop.orders,
    statuses: {
      ...statuses,
      'Being processed': { ...statuses['Being processed']!, enter: ['hand-over'] },
    },
  },
  partners: {
    accept: { remind: { hours: 2 }, escalate: { hours: 4 }, giveUp: { hours: 8 } },
    ship: { remind: { days: 2 }, escalate: { days: 3 } },
    routes: { slow: ['spare'] },
    whenSilent: 'hold',
    park: { days: 2 },
  },
} satisfies Shop;
