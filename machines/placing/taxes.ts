import type { Discount, Placement, Price } from '../events';
import { sum } from '../money';
import type { Fault } from '../refusals';
import { lineTotal, lowering, offBy } from './sums';

/** Some tax of the order, and the name of the tax that it is of where the storefront gave it. */
interface Share {
  readonly pointer: string;
  readonly name?: string;
  readonly tax: number;
}

const taxIn = ({ exclTax, inclTax }: Price) => inclTax - exclTax;

/** A discount whose lines have amounts of their own lowers each line's tax; another one its own. */
function discountShares(placement: Placement, discount: Discount, pointer: string): Share[] {
  const { lines = [], tax: name } = discount;
  const isSplit = lines.length > 0 && lines.every(({ inclTax }) => inclTax !== undefined);
  if (name !== undefined || !isSplit) return [{ pointer, name, tax: -taxIn(discount) }];
  return lines.map(({ id, exclTax = 0, inclTax = 0 }) => {
    const line = placement.lines.find((each) => each.id === id);
    return { pointer, name: line?.tax, tax: exclTax - inclTax };
  });
}

function sharesOf(placement: Placement): Share[] {
  const { lines, shipping, surcharges, discounts } = placement;
  const charge = (of: Price & { tax?: string }, pointer: string) => {
    return { pointer, name: of.tax, tax: taxIn(of) };
  };
  const now = lowering(placement);
  return [
    ...lines.map((line, position): Share => {
      const tax = lineTotal(line, 'inclTax') - lineTotal(line, 'exclTax');
      return { pointer: `/lines/${position}`, name: line.tax, tax };
    }),
    ...(shipping ? [charge(shipping, '/shipping')] : []),
    ...surcharges.map((of, position) => charge(of, `/surcharges/${position}`)),
    ...discounts.flatMap((discount, position) =>
      now.includes(discount) ? discountShares(placement, discount, `/discounts/${position}`) : [],
    ),
  ];
}

/** Names that are none of the placement's taxes, and taxes that are there twice. */
function nameFaults({ taxes = [] }: Placement, shares: readonly Share[]): Fault[] {
  const names = taxes.map(({ name }) => name);
  const unknown = shares.filter(({ name }) => name !== undefined && !names.includes(name));
  return [
    ...unknown.map(({ pointer, name }) => {
      return { pointer: `${pointer}/tax`, detail: `${name} is none of the taxes of this order.` };
    }),
    ...names.flatMap((name, position) =>
      names.indexOf(name) === position
        ? []
        : [{ pointer: `/taxes/${position}/name`, detail: `The tax ${name} is there twice.` }],
    ),
  ];
}

/**
 * The taxes that the storefront stated: together they are the total's, and each is its own parts' where
 * every part that bears tax names the tax it bears.
 */
export function taxFaults(placement: Placement): Fault[] {
  const { taxes, totals } = placement;
  const shares = sharesOf(placement);
  const due = sum(shares.map(({ tax }) => tax));
  const faults: Fault[] = [];
  if (totals?.tax !== undefined && totals.tax !== due) {
    const detail = offBy('The sum of taxes', totals.tax, 'it comes to ', due);
    faults.push({ pointer: '/totals/tax', detail });
  }
  const named = nameFaults(placement, shares);
  if (!taxes || named.length > 0) return [...faults, ...named];
  const stated = sum(taxes.map(({ amount }) => amount));
  const isNamed = shares.every(({ name, tax }) => name !== undefined || tax === 0);
  if (stated !== due) {
    const detail = offBy('The sum of taxes', stated, 'the total bears ', due);
    faults.push({ pointer: '/taxes', detail });
  }
  if (!isNamed) return faults;
  taxes.forEach(({ name, amount }, position) => {
    const own = sum(shares.filter((share) => share.name === name).map(({ tax }) => tax));
    if (amount === own) return;
    const detail = offBy(`The tax ${name}`, amount, 'what bears it has ', own);
    faults.push({ pointer: `/taxes/${position}/amount`, detail });
  });
  return faults;
}
