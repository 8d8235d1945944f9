import {
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../../activities';
import type { Difference } from '../../machines/reconciling/difference';
import type { ReconciliationInput } from '../messages';
import { options } from '../options';

const { lookAtOrders, lookAtShared } = proxyActivities<
  Pick<Activities, 'lookAtOrders' | 'lookAtShared'>
>(options.reconciling);

/** Orders that one activity looks at, and differences that are told one by one. */
const PART = 500;
const MOST_TOLD = 50;

/** What a reconciliation came to, or has come to so far. */
export interface Reconciled {
  readonly orders: number;
  /** How many differences of each code. */
  readonly counts: Readonly<Record<string, number>>;
  /** The first of them, with what would mend each. */
  readonly first: readonly Pick<Difference, 'id' | 'says' | 'repair'>[];
  /** The first gateways that did not answer. */
  readonly unreached: readonly string[];
}

interface Carried {
  readonly after: string;
  readonly so: Reconciled;
}

const nothing: Reconciled = { orders: 0, counts: {}, first: [], unreached: [] };

function added(so: Reconciled, differences: readonly Difference[]): Reconciled {
  const counts: Record<string, number> = { ...so.counts };
  for (const { code } of differences) counts[code] = (counts[code] ?? 0) + 1;
  const told = differences.map(({ id, says, repair }) => ({ id, says, repair }));
  return { ...so, counts, first: [...so.first, ...told].slice(0, MOST_TOLD) };
}

/** The result for whoever opens it in the Temporal Web UI, in Markdown. */
function detailsOf({ orders, counts, first, unreached }: Reconciled, isDone: boolean): string {
  const codes = Object.entries(counts);
  const total = codes.reduce((sum, [, count]) => sum + count, 0);
  return [
    `**${total === 0 ? 'Nothing differs' : `${total} difference${total === 1 ? '' : 's'}`}** in ${orders} orders${isDone ? '.' : ' so far.'}`,
    '',
    ...codes.map(([code, count]) => `- ${count} × \`${code}\``),
    ...first.map(({ id, says, repair }) => `\n\`${id}\` ${says} _${repair.says}_`),
    ...unreached.map((why) => `\n${why}`),
  ].join('\n');
}

/** Compares all that is kept in two places, and changes nothing; what is to be mended, people say. */
export async function reconciliation(
  input: ReconciliationInput = {},
  { after, so }: Carried = { after: '', so: nothing },
): Promise<Reconciled> {
  let next: string | undefined = after;
  while (next !== undefined) {
    const looked: Awaited<ReturnType<typeof lookAtOrders>> = await lookAtOrders.executeWithOptions(
      {
        ...options.reconciling,
        summary: next === '' ? 'the first orders' : `orders after ${next}`,
      },
      [input, next, PART],
    );
    so = added({ ...so, orders: so.orders + looked.orders }, looked.differences);
    so = { ...so, unreached: [...so.unreached, ...looked.unreached].slice(0, MOST_TOLD) };
    setCurrentDetails(detailsOf(so, false));
    next = looked.last;
    if (next !== undefined && workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof reconciliation>(input, { after: next, so });
    }
  }
  const summary = 'stock, and what waits to leave';
  const shared = await lookAtShared.executeWithOptions({ ...options.reconciling, summary }, []);
  so = added(so, shared);
  setCurrentDetails(detailsOf(so, true));
  return so;
}
