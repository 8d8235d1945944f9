import type { Command } from '../events';
import type { Refusal } from '../refusals';
import type { Most } from './most';
import type { Group } from './wording';

/** A command as it could be sent now, or why not. */
export interface ActionView {
  readonly type: Command['type'];
  readonly says: string;
  /** What a button for it says, in the words of the shop's table. */
  readonly label: string;
  /** What all commands of its type are called, whatever they choose. */
  readonly title: string;
  readonly group: Group;
  /** The next thing that somebody would do about the order; at most one is. */
  readonly primary?: true;
  /** What else may well be done next; at most two are. */
  readonly likely?: true;
  /** The command in its plainest form; what it needs besides is asked of the sender. */
  readonly command: Record<string, unknown>;
  /** As much as it could move, where it moves units or money. */
  readonly most?: Most;
  readonly allowed: boolean;
  readonly refusal?: Refusal;
  /** The rules that an override would go over, where its sender may. */
  readonly override?: readonly string[];
}

export type ActionsView = readonly ActionView[];
