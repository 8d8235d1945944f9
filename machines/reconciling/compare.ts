import { isAtRest } from '../deciding/due';
import { nounOf } from '../effects';
import { written } from '../money';
import { agreed, reservedStatuses, upToDate } from '../state';
import { bookedDifferences } from './booked';
import { callDifferences } from './calls';
import { byPeople, differenceOf, type Difference } from './difference';
import { foldDifferences } from './fold';
import { gatewayDifferences } from './gateways';
import type { Moment } from './matching';
import type { GatewayRecords, OrderRecords } from './records';
import { rowDifferences } from './rows';

/** What is known of an order besides what the database keeps. */
export interface Surroundings extends Moment {
  readonly gateways: GatewayRecords;
  /** Whether its workflow runs. */
  readonly isAwake: boolean;
}

/** True when the order's workflow has to run: something is due, or money is under way. */
export function isToBeAwake({ shop, state }: OrderRecords): boolean {
  return !isAtRest(shop, upToDate(state));
}

/** Everything in which what is kept of an order differs, each said once; nothing when all is well. */
export function differencesOf(given: OrderRecords, around: Surroundings): Difference[] {
  const records = { ...given, state: upToDate(given.state) };
  const asleep = isToBeAwake(records) && !around.isAwake ? [sleeping(records)] : [];
  // An order that is being placed is changed as its cards answer.
  if (reservedStatuses.includes(records.state.value.status)) return asleep;
  const folded = foldDifferences(given);
  // A state that its history does not lead to says nothing about anything else.
  if (folded.length > 0) return folded;
  return [
    ...rowDifferences(records),
    ...bookedDifferences(records),
    ...callDifferences(records, around),
    ...gatewayDifferences(records, around.gateways, around),
    ...heldDifferences(records),
    ...outboxDifferences(records),
    ...(around.isAwake ? leftOverDifferences(records, around) : asleep),
  ];
}

/** Money that a turn decided to move which the database has and the order's workflow never heard of. */
function leftOverDifferences(
  { number, state, history }: OrderRecords,
  { now, graceMs }: Moment,
): Difference[] {
  const [movement] = state.context.movements;
  const last = Date.parse(history.at(-1)?.event.at ?? now);
  if (!movement || movement.askAt !== undefined || Date.parse(now) - last < graceMs) return [];
  const { key, kind, payment, amount } = movement;
  const said = written(amount, agreed(state.context).currency);
  return [
    differenceOf(number, 'left-over', key, {
      there: { key, kind, payment, amount },
      expected: null,
      says: `Order ${number}: the ${nounOf(kind)} of ${said} on ${payment} (${key}) was decided, and nobody has sent it or heard of it.`,
      repair: {
        by: 'wake',
        says: 'Wake it: it asks for it by its key, and sends it if it never was.',
      },
    }),
  ];
}

function sleeping({ number, state }: OrderRecords): Difference {
  const { movements } = state.context;
  const why = movements.length > 0 ? 'money is under way' : 'it waits for something';
  return differenceOf(number, 'asleep', '', {
    there: 'no workflow',
    expected: 'a running workflow',
    says: `Order ${number}: ${why}, and its workflow does not run.`,
    repair: { by: 'wake', says: 'Wake it: it takes up what is due.' },
  });
}

/** What the shelves hold for each line against what the line has. */
function heldDifferences({ number, state, held, history }: OrderRecords): Difference[] {
  const isImported = history[0]?.event.id.startsWith('import ') ?? false;
  return state.context.lines.flatMap(({ id, allocated, consumed }) => {
    const rows = held.filter(({ line }) => line === id);
    const sum = (figure: 'allocated' | 'consumed') =>
      rows.reduce((total, row) => total + row[figure], 0);
    const there = { allocated: sum('allocated'), consumed: sum('consumed') };
    if (there.allocated === allocated && there.consumed === consumed) return [];
    // What was shipped before an import left the shelves of another system.
    if (isImported && rows.length === 0 && allocated === 0) return [];
    const says = `Line ${id} of order ${number} has ${allocated} units held and ${consumed} taken; the shelves have ${there.allocated} and ${there.consumed}.`;
    const repair = byPeople('Count the shelf, and correct it with a stocktake.');
    const expected = { allocated, consumed };
    return [differenceOf(number, 'stock-allocation', id, { there, expected, says, repair })];
  });
}

function outboxDifferences({ number, unsent }: OrderRecords): Difference[] {
  return unsent.map(({ topic, kind, cause }) =>
    differenceOf(number, 'outbox-missing', `${kind}:${cause}`, {
      there: null,
      expected: { topic, kind, cause },
      says: `Order ${number} owes the ${topic} ${kind}, and it was never written down to leave.`,
      repair: { by: 'outbox', says: 'Write it down: it then leaves as it would have.' },
    }),
  );
}
