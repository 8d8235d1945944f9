import { defineEffects } from '../../../machines/calls/code';
import shop from './shop';

export default defineEffects(shop, {
  // The key of the call is the same at every try, so the licence of a line is, too.
  'issue-licence': ({ key, order }) => ({
    licences: order.placement.lines.map(({ id, sku, quantity }) => ({
      line: id,
      licence: `${sku}-${quantity}-${key.replaceAll('/', '-')}`.toUpperCase(),
    })),
  }),
});
