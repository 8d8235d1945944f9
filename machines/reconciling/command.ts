import { needed, type CommandSpec } from '../commands/fields';
import type { Draft } from '../deciding/draft';
import { limits } from '../deciding/limits';

/** Writes an order's read model anew from its state; nothing of the order itself changes. */
export interface ReconcileCommand {
  readonly type: 'reconcile';
  /** Codes of the differences that it mends. */
  readonly differences: readonly string[];
  readonly reason: string;
}

/** What was found to differ, and was written anew. */
export interface ReconciledFact {
  readonly type: 'reconciled';
  readonly differences: readonly string[];
}

export const reconcilingCommands = {
  reconcile: {
    says: 'Writes the order’s rows, its tasks and what its ledger lacks anew from its state. No money moves.',
    roles: [],
    fields: {
      differences: {
        kind: 'texts',
        required: true,
        longest: limits.lines,
        says: 'What was found to differ, by code.',
      },
      reason: needed('Why it is written anew.'),
    },
  },
} as const satisfies Record<string, CommandSpec>;

export function recordReconciled(draft: Draft, { differences }: ReconcileCommand): void {
  draft.facts.push({ type: 'reconciled', differences });
}
