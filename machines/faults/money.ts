import { listed } from '../refusals';
import { milliseconds, type Duration, type Shop } from '../table';
import { undoableCommands } from '../undoing/rule';

/** The longest that an authorisation is known to last, and more than anybody thinks again. */
const LONGEST_WAIT = milliseconds({ days: 30 });

function isSensible(wait: Duration): boolean {
  return milliseconds(wait) > 0 && milliseconds(wait) <= LONGEST_WAIT;
}

/** What is unsound about the times of renewals and of undoing. */
export function waitingFaults({ authorisations, undo = {} }: Shop): string[] {
  const renewing =
    authorisations && !isSensible(authorisations.renewBefore)
      ? ['Authorisations are renewed no time at all, or more than thirty days, before they end.']
      : [];
  const commands = Object.entries(undo).flatMap(([command, wait]) => {
    if (!undoableCommands.some((each) => each === command)) {
      return [`${command} cannot be undone; ${listed(undoableCommands)} can.`];
    }
    if (isSensible(wait)) return [];
    return [`${command} can be undone for no time at all, or for more than thirty days.`];
  });
  return [...renewing, ...commands];
}
