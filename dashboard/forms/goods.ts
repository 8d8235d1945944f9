import { digitsOf, minorOf } from '../parts/format';
import type { About, Fault } from './form';

/** A line of an order that takes the place of returned goods, as it is typed. */
export interface Good {
  readonly sku: string;
  readonly title: string;
  readonly quantity: number | string;
  readonly exclTax: string;
  readonly inclTax: string;
}
export type Goods = readonly Good[];

export const noGood: Good = { sku: '', title: '', quantity: 1, exclTax: '', inclTax: '' };

/** The returned goods themselves: most are exchanged for the same in another size or colour. */
export function startGoods({ action, order }: About): Goods {
  const returned = order.returns.find(({ id }) => id === action.command.return);
  const digits = digitsOf(order.currency);
  const written = (minor: number) => (minor / 10 ** digits).toFixed(digits);
  const goods = (returned?.lines ?? []).flatMap(({ id, quantity }): Good[] => {
    const line = order.lines.find((each) => each.id === id);
    if (!line) return [];
    const { sku, title, unitPrice } = line;
    const prices = { exclTax: written(unitPrice.exclTax), inclTax: written(unitPrice.inclTax) };
    return [{ sku, title, quantity, ...prices }];
  });
  return goods.length > 0 ? goods : [noGood];
}

/** The lines as they are sent, or what is not right yet. */
export function readGoods(name: string, goods: Goods, currency: string) {
  const faults: Fault[] = [];
  const lines = goods.map(({ sku, title, quantity, ...typed }, position) => {
    const exclTax = minorOf(typed.exclTax, currency);
    const inclTax = minorOf(typed.inclTax, currency);
    const miss = (field: string, detail: string) =>
      faults.push({ pointer: `/${name}/${position}/${field}`, detail });
    if (sku.trim() === '') miss('sku', 'Write an SKU.');
    if (title.trim() === '') miss('title', 'Write a title.');
    if (exclTax === undefined) miss('unitPrice/exclTax', 'Write an amount.');
    if (inclTax === undefined) miss('unitPrice/inclTax', 'Write an amount.');
    return { sku, title, quantity: Number(quantity), unitPrice: { exclTax, inclTax } };
  });
  if (goods.length === 0)
    faults.push({ pointer: `/${name}`, detail: 'Name what is sent instead.' });
  return faults.length > 0 ? { faults } : { value: lines };
}
