import type { Action } from '../forms/form';
import type { Asked } from './provider';

const sameOrOpen = (asked: unknown, known: unknown) =>
  asked === undefined || known === undefined || Array.isArray(asked) || asked === known;

/** The actions that a command may be, by what of it is known; all of its type where that fits none. */
export function actionsFor(
  actions: readonly Action[],
  { type, ...known }: Asked['command'],
): readonly Action[] {
  const ofType = actions.filter((action) => action.type === type);
  const fitting = ofType.filter(({ command }) =>
    Object.keys(known).every((field) => sameOrOpen(known[field], command[field])),
  );
  // A refund of a return is not a refund as such: what is chosen beyond what was asked comes last.
  const beyond = ({ command }: Action) =>
    Object.keys(command).filter((field) => field !== 'type' && !(field in known)).length;
  const least = Math.min(...fitting.map(beyond));
  const exact = fitting.filter((action) => beyond(action) === least);
  return exact.length > 0 ? exact : ofType;
}
