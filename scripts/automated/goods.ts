/** Something the shop sells and a partner sends. */
export interface Good {
  readonly sku: string;
  readonly title: string;
  readonly partner: string;
  readonly partnerSku: string;
  /** With tax, in pence. */
  readonly price: number;
  /** Whether the shop counts what the partner has of it. */
  readonly isCounted: boolean;
}

const uncounted = { isCounted: false };
const counted = { isCounted: true };

export const goods: readonly Good[] = [
  { sku: 'LAMP-2', title: 'Lamp', partner: 'lumen', partnerSku: 'L-77', price: 9600, ...uncounted },
  { sku: 'BULB-1', title: 'Bulb', partner: 'lumen', partnerSku: 'L-8', price: 450, ...counted },
  {
    sku: 'CHAIR-1',
    title: 'Chair',
    partner: 'oak',
    partnerSku: 'OAK-C',
    price: 9900,
    ...uncounted,
  },
  { sku: 'STOOL-3', title: 'Stool', partner: 'oak', partnerSku: 'OAK-S', price: 4900, ...counted },
  { sku: 'RUG-5', title: 'Rug', partner: 'crate', partnerSku: 'CR-5', price: 12_000, ...counted },
  { sku: 'VASE-1', title: 'Vase', partner: 'crate', partnerSku: 'CR-9', price: 3000, ...uncounted },
];

/** Units on the shelf of each counted good when the run begins. */
export const ON_EACH_SHELF = 1_000;

export const countedSkus: readonly string[] = goods
  .filter(({ isCounted }) => isCounted)
  .map(({ sku }) => sku);
