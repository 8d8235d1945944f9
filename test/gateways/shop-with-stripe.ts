import shop from '../../machines/shop';
import { defineShop } from '../../machines/table';

/** The default shop, paid with Stripe as well. */
// eslint-disable-next-line import-x/no-default-export -- a shop is the default export of its file
export default defineShop({ ...shop, gateways: ['sandbox', 'stripe'] });
