import type { Schemas } from '../client/client';

/** How one status of a pipeline stands to what is shown: drawn as a box, told as an item of a list. */
export interface Standing {
  readonly status: string;
  readonly tone: Schemas['Order']['tone'];
  readonly isHere: boolean;
  /** The times it was entered, each with its number on the way. */
  readonly visits: readonly { readonly step: number; readonly at: string }[];
  /** A few words under its name. */
  readonly note?: string;
  /** What it brings with it, and where it leads, a sentence each. */
  readonly says: readonly string[];
  /** Moves the order here; absent where that is not open. */
  readonly onOpen?: () => void;
}

type PipelineStatus = Schemas['Pipeline']['statuses'][number];

/** Where a status leads, in a sentence. */
function leadsTo({ next }: PipelineStatus): string {
  return next.length === 0
    ? 'Nothing follows: this is an end.'
    : `May become ${next.map(({ to }) => to).join(' or ')}.`;
}

/** A status of a table by itself, where no order stands anywhere. */
export function bareStanding(each: PipelineStatus, initial: string): Standing {
  return {
    status: each.status,
    tone: each.tone,
    isHere: false,
    visits: [],
    note: noteOf(each, initial),
    says: [leadsTo(each), ...each.says],
  };
}

function noteOf({ status, next }: PipelineStatus, initial: string): string | undefined {
  if (status === initial) return 'begins here';
  return next.length === 0 ? 'an end' : undefined;
}
