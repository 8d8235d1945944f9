import shop from './shop-with-partners';

/** The shop that works with partners, and gives messages that come too early little time. */
export default { ...shop, partners: { ...shop.partners, park: { seconds: 2 } } };
