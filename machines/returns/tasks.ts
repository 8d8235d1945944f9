import type { OrderContext } from '../state';
import { owedByHand } from './counts';
import { returnOf } from './finding';

/** The return that a task's text begins with. */
function returnNamed(context: OrderContext, { text }: { readonly text: string }) {
  const [, id = ''] = /^Return (\S+) /.exec(text) ?? [];
  return returnOf(context, id);
}

type Ending = (
  situation: { readonly context: OrderContext },
  task: { readonly text: string },
) => boolean;

const hasEnded = (status: string | undefined) =>
  status === undefined || status === 'refunded' || status === 'closed';

/** What makes a task about a return untrue. */
export const returnEndings = {
  'return-overdue': ({ context }, task) => returnNamed(context, task)?.status !== 'authorised',
  'return-by-hand': ({ context }) => owedByHand(context) === 0,
  'return-refund-failed': ({ context }, task) => {
    const returned = returnNamed(context, task);
    return hasEnded(returned?.status) || returned?.refunds.at(-1)?.outcome === 'done';
  },
  'exchange-refused': ({ context }, task) => {
    const returned = returnNamed(context, task);
    return hasEnded(returned?.status) || returned?.exchange?.outcome === 'placed';
  },
} as const satisfies Readonly<Record<string, Ending>>;

/** Commands that help with a task about a return. */
export function returnWays(
  context: OrderContext,
  task: { readonly text: string },
  types: readonly ('refund' | 'receive-return' | 'close-return')[],
) {
  const id = returnNamed(context, task)?.id;
  const says = {
    refund: 'Refund it.',
    'receive-return': 'Record what came.',
    'close-return': 'Close it.',
  };
  return types.map((type) => ({ says: says[type], command: { type, return: id } }));
}
