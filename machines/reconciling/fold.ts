import { isSameJson } from '../json';
import { ordersOf, replay } from '../step';
import { upToDate, type OrderState } from '../state';
import { byPeople, differenceOf, type Difference } from './difference';
import type { OrderRecords } from './records';

/** As JSON has it: without what is undefined. */
function plain(state: OrderState): OrderState {
  return JSON.parse(JSON.stringify(upToDate(state))) as OrderState;
}

/**
 * An import calls nobody, so its orders remember no call. What a task says is in the words of the release
 * that raised it, and a hold's reason may be too: they may differ, and nothing else of them.
 */
function comparable({ value, context }: OrderState, isImported: boolean): OrderState {
  const { attention, hold, calls } = context;
  return plain({
    value,
    context: {
      ...context,
      calls: isImported ? [] : calls,
      attention: attention.map((task) => ({ ...task, text: '' })),
      hold: hold && { ...hold, reason: '' },
    },
  });
}

/** The fields of the state that differ. */
function fieldsThatDiffer(there: OrderState, expected: OrderState): string[] {
  const fields = new Set([...Object.keys(there.context), ...Object.keys(expected.context)]);
  const inContext = [...fields].filter(
    (field) => !isSameJson(Reflect.get(there.context, field), Reflect.get(expected.context, field)),
  );
  return isSameJson(there.value, expected.value) ? inContext : ['value', ...inContext];
}

function pick(state: OrderState, fields: readonly string[]): object {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      field === 'value' ? state.value : (Reflect.get(state.context, field) as unknown),
    ]),
  );
}

/** The state against where the history leads, and the history against its own numbers. */
export function foldDifferences({
  number,
  seq,
  state,
  first,
  history,
}: OrderRecords): Difference[] {
  const gap = history.findIndex((each, index) => each.seq !== index + 1);
  if (gap !== -1 || history.length !== seq) {
    const says = `The history of order ${number} has ${history.length} events up to ${history.at(-1)?.seq ?? 0}; its row says ${seq}.`;
    const sides = { there: history.length, expected: seq };
    const repair = byPeople('Restore the events from a backup: nothing else knows them.');
    return [differenceOf(number, 'history-gap', '', { ...sides, says, repair })];
  }
  const accepted = history.filter(({ outcome }) => outcome === 'accepted');
  const isImported = history[0]?.event.id.startsWith('import ') ?? false;
  const repair = byPeople(
    'Look at the order as it was (`?at=`) and at who wrote to the database; then correct it by commands, or restore its state.',
  );
  try {
    const events = accepted.map(({ event }) => event);
    const folded = comparable(replay(ordersOf(first), events).state, isImported);
    const there = comparable(state, isImported);
    const fields = fieldsThatDiffer(there, folded);
    if (fields.length === 0) return [];
    const says = `The state of order ${number} is not where its ${accepted.length} events lead: ${fields.join(', ')} differ.`;
    const sides = { there: pick(there, fields), expected: pick(folded, fields) };
    return [differenceOf(number, 'state-fold', '', { ...sides, says, repair })];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const says = `The history of order ${number} cannot be folded: ${why}`;
    return [differenceOf(number, 'state-fold', '', { there: null, expected: null, says, repair })];
  }
}
