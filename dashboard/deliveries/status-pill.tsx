import type { Schemas } from '../client/client';
import { Pill } from '../parts/pill';

export type Statuses = Schemas['MessageStatuses'];

/** The status of a message, in the API's words. */
export function StatusPill({
  statuses,
  status,
}: {
  readonly statuses: Statuses;
  readonly status: string;
}) {
  const known = statuses.find((each) => each.status === status);
  return <Pill tone={known?.tone ?? 'neutral'}>{known?.says ?? status}</Pill>;
}

/** The statuses as choices of a filter; `direction`: only those of what went that way. */
export const choicesOf = (statuses: Statuses, direction?: string) =>
  statuses
    .filter(({ directions }) => !direction || directions.some((each) => each === direction))
    .map(({ status, says }) => ({ value: status, label: says }));
