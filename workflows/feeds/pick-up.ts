import {
  ActivityFailure,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../../activities';
import { options } from '../options';

const { pickUpFeed } = proxyActivities<Pick<Activities, 'pickUpFeed'>>(options.feed);
const { feedFailed } = proxyActivities<Pick<Activities, 'feedFailed'>>(options.reporting);

/** What was picked up from a partner's feed. */
export interface PickUp {
  readonly kept: number;
  readonly repeated: number;
  /** Messages that could not be read; they are in the partner's log. */
  readonly unread: number;
  /** Why it ended early. */
  readonly failed?: string;
}

const nothing: PickUp = { kept: 0, repeated: 0, unread: 0 };

function detailsOf({ kept, repeated, unread, failed }: PickUp): string {
  const counts = `${kept} new, ${repeated} known, ${unread} unreadable`;
  return failed === undefined ? counts : `**Failed** after ${counts}: ${failed}`;
}

/** Fetches what a partner says that calls nobody, to the end of its feed. */
export async function pickUp(code: string, before: PickUp = nothing): Promise<PickUp> {
  let so = before;
  try {
    for (let isMore = true; isMore;) {
      const picked = await pickUpFeed(code);
      ({ isMore } = picked);
      so = {
        kept: so.kept + picked.kept,
        repeated: so.repeated + picked.repeated,
        unread: so.unread + picked.unread,
      };
      setCurrentDetails(detailsOf(so));
      if (isMore && workflowInfo().continueAsNewSuggested) {
        await continueAsNew<typeof pickUp>(code, so);
      }
    }
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    so = { ...so, failed: error.cause?.message ?? error.message };
    setCurrentDetails(detailsOf(so));
    await feedFailed(code, so.failed ?? '');
  }
  return so;
}
