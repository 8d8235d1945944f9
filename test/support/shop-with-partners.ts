import shop from '../../machines/shop';

const { statuses } = shop.orders;

/** The default shop, which asks fulfilment partners as soon as it works on an order. */
export default {
  ...shop,
  name: 'Partners',
  orders: {
    ...shop.orders,
    statuses: {
      ...statuses,
      'Being processed': { ...statuses['Being processed'], enter: ['hand-over'] },
    },
  },
  partners: {
    accept: { escalate: { hours: 1 } },
    ship: { escalate: { days: 1 } },
    park: { hours: 1 },
  },
};
