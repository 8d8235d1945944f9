import { sum } from '../money';
import type { OrderContext } from '../state';
import type { ReturnLine, ReturnState } from './state';

const open: readonly string[] = ['requested', 'authorised'];

/** True while units of it may still come. */
function isAwaited({ status }: ReturnState): boolean {
  return open.includes(status);
}

/** True while people still have something to do about it. */
export function isOpen({ status }: ReturnState): boolean {
  return isAwaited({ status } as ReturnState) || status === 'received';
}

export function arrived({ good, damaged }: ReturnLine): number {
  return good + damaged;
}

/** Units of a return's line that have neither come nor been given up. */
export function awaited(returned: ReturnState, line: ReturnLine): number {
  return isAwaited(returned) ? line.quantity - arrived(line) - line.givenUp : 0;
}

/** Units of an order's line that open returns wait for. */
export function awaitedUnits({ returns }: OrderContext, id: string): number {
  let count = 0;
  for (const returned of returns) {
    for (const line of returned.lines) if (line.id === id) count += awaited(returned, line);
  }
  return count;
}

/** The open returns that wait for units of a line, in words. */
export function awaiting({ returns }: OrderContext, id: string | undefined): string {
  const waits = (returned: ReturnState) =>
    returned.lines.some((line) => line.id === id && awaited(returned, line) > 0);
  return returns
    .filter(waits)
    .map((returned) => returned.id)
    .join(', ');
}

/** Units of a return's line whose money was granted, and not refused since. */
export function granted({ refunds }: ReturnState, id: string): number {
  const lines = refunds
    .filter(({ outcome }) => outcome !== 'failed')
    .flatMap((refund) => refund.lines);
  return sum(lines.filter((line) => line.id === id).map(({ quantity }) => quantity));
}

/** Units of a line whose refund people are giving back by hand: their money counts as gone. */
export function promisedUnits({ returns }: OrderContext, id: string): number {
  const pending = returns
    .flatMap(({ refunds }) => refunds)
    .filter(({ outcome }) => outcome === 'pending');
  const lines = pending.flatMap((refund) => refund.lines);
  return sum(lines.filter((line) => line.id === id).map(({ quantity }) => quantity));
}

/** Minor units that people are still to give back by hand. */
export function owedByHand({ returns }: OrderContext): number {
  return sum(returns.flatMap(({ refunds }) => refunds.map(({ byHand }) => byHand)));
}

/**
 * Minor units of returned goods that nobody had paid, and nobody has to pay any more; of an exchange once
 * its order is there.
 */
export function credited({ returns }: OrderContext): number {
  return sum(
    returns.flatMap(({ refunds, exchange }) => {
      const isExchanging = exchange?.outcome === 'placing';
      const counted = refunds.filter(({ outcome }) => !isExchanging || outcome !== 'pending');
      return counted.map((refund) => refund.credited ?? 0);
    }),
  );
}

export function openReturns({ returns }: OrderContext): number {
  return returns.filter(isOpen).length;
}

/** The return whose exchange a report is about, while its order is being placed. */
export function exchangedReturn(
  { returns }: OrderContext,
  report: { readonly return: string; readonly number: string },
): ReturnState | undefined {
  return returns.find(
    ({ id, exchange }) =>
      id === report.return && exchange?.number === report.number && exchange.outcome === 'placing',
  );
}

/** The exchange whose order is being placed; while there is one, no other money goes back. */
export function exchangeUnderWay({ returns }: OrderContext): ReturnState | undefined {
  return returns.find(({ exchange }) => exchange?.outcome === 'placing');
}
