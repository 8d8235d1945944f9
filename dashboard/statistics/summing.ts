import type { Figures } from './queries';

export interface Total {
  readonly orders: number;
  readonly cancelled: number;
  readonly sold: number;
  readonly captured: number;
  readonly refunded: number;
}

/** Currencies with orders or money, that with most orders first. They are never added up. */
export function currenciesOf({ sales, money }: Figures): string[] {
  const orders = new Map<string, number>();
  for (const { currency } of money) orders.set(currency, orders.get(currency) ?? 0);
  for (const each of sales) {
    orders.set(each.currency, (orders.get(each.currency) ?? 0) + each.orders);
  }
  return [...orders].sort(([, one], [, other]) => other - one).map(([currency]) => currency);
}

/** All of a currency's figures together. */
export function totalOf({ sales, money }: Figures, currency: string): Total {
  const sold = sales.filter((each) => each.currency === currency);
  const moved = money.filter((each) => each.currency === currency);
  const sum = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  return {
    orders: sum(sold, ({ orders }) => orders),
    cancelled: sum(sold, ({ cancelled }) => cancelled),
    sold: sum(sold, (each) => each.sold),
    captured: sum(moved, ({ captured }) => captured),
    refunded: sum(moved, ({ refunded }) => refunded),
  };
}

/** "+12 %" against the time before; undefined where there was nothing to compare with. */
export function changeOf(now: number, before: number): string | undefined {
  if (before === 0) return undefined;
  const format = { style: 'percent', signDisplay: 'exceptZero' } as const;
  return ((now - before) / before).toLocaleString(undefined, format);
}

/** "45 s", "3 hr", "2.5 days". */
export function duration(seconds: number): string {
  const [unit, size] =
    seconds >= 86_400
      ? (['day', 86_400] as const)
      : seconds >= 3_600
        ? (['hour', 3_600] as const)
        : seconds >= 60
          ? (['minute', 60] as const)
          : (['second', 1] as const);
  const format = {
    style: 'unit',
    unit,
    unitDisplay: unit === 'day' ? 'long' : 'short',
    maximumFractionDigits: 1,
  } as const;
  return (seconds / size).toLocaleString(undefined, format);
}
