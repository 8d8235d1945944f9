import shop from '../../machines/shop';
import { defineShop } from '../../machines/table';

/** The default shop, paid with Stripe as well. */
const withStripe = defineShop({ ...shop, gateways: ['sandbox', 'stripe'] });

export default withStripe;
