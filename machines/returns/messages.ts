import { tell, type Draft } from '../deciding/draft';
import type { returnSteps } from '../table';

/** Tells the customer of a step of a return, as the shop's table has it. */
export function tellOf(draft: Draft, step: (typeof returnSteps)[number], id: string): void {
  for (const { send } of draft.shop.returns?.[step] ?? []) {
    tell(draft, send, undefined, { return: id });
  }
}
