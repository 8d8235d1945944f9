import { sum } from '../../machines/money';
import type { Life } from '../lives/life';
import { skus } from '../lives/placements';
import type { Difference, Evidence } from './evidence';

/** Units on each shelf when the run begins. */
export const ON_EACH_SHELF = 1_000_000;

/** No unit came from nowhere or went there: counters, ledger and what the orders have say the same. */
export function judgeStock(lives: readonly Life[], { shelves }: Evidence): Difference[] {
  const lines = lives.flatMap(({ ending }) => ending?.lines ?? []);
  return skus.flatMap((sku) => {
    const of = lines.filter((line) => line.sku === sku);
    const shipped = sum(of.map((line) => line.shipped));
    const held = sum(of.map((line) => line.quantity - line.shipped - line.cancelled));
    const shelf = shelves.find((each) => each.sku === sku);
    if (!shelf) return [{ of: sku, what: 'its shelf is not there' }];
    const figures = [
      ['in stock', shelf.inStock, ON_EACH_SHELF - shipped],
      ['in stock by its ledger', shelf.ledgerInStock, ON_EACH_SHELF - shipped],
      ['allocated', shelf.allocated, held],
      ['allocated by its ledger', shelf.ledgerAllocated, held],
      ['held by orders', shelf.held, held],
    ] as const;
    return figures
      .filter(([, says, is]) => says !== is)
      .map(([name, says, is]) => ({ of: sku, what: `${says} are ${name}, not ${is}` }));
  });
}
