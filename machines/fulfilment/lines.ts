import { changeLines, type Draft } from '../deciding/draft';
import type { EventOf } from '../events';
import { permits, nextStatuses } from '../pipeline';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, passed, type LineState, type OrderContext } from '../state';
import type { Shop } from '../table';
import { countUnits, typesMeaning, type Meaning } from './units';

/** Moves lines and says so, one fact each; a line already there is left alone. */
function moveLines(draft: Draft, moves: ReadonlyMap<number, string>): void {
  const changed = new Map<number, LineState>();
  for (const [index, status] of moves) {
    const line = draft.context.lines[index] as LineState;
    if (line.status === status) continue;
    changed.set(index, { ...line, status });
    draft.facts.push({ type: 'line-status', line: line.id, from: line.status, to: status });
  }
  changeLines(draft, changed);
}

/** Each line whose own pipeline permits the move becomes this, or only those named; the others stay. */
export function cascade(draft: Draft, status: string, only?: readonly string[]): void {
  const pipeline = draft.shop.lines.statuses;
  const moves = new Map<number, string>();
  draft.context.lines.forEach((line, index) => {
    if (only && !only.includes(line.id)) return;
    if (permits(pipeline, line.status, status)) moves.set(index, status);
  });
  moveLines(draft, moves);
}

/** The line status of what a line's units have passed, `type` among it, with this meaning. */
function statusFor(shop: Shop, line: LineState, type: string, meaning: Meaning) {
  for (const other of typesMeaning(shop, meaning)) {
    const status = shop.shippingEvents[other]?.lineStatus;
    if (status !== undefined && (other === type || passed(line, other) > 0)) return status;
  }
  return undefined;
}

/** Where a line belongs once these units pass a type, too; undefined while units are open. */
export function statusAfter(
  shop: Shop,
  line: LineState,
  ordered: number,
  type: string,
  units: number,
): string | undefined {
  const means = shop.shippingEvents[type]?.means;
  const { dispatched, cancelled, returned } = countUnits(shop, line);
  const kept = ordered - cancelled - (means === 'cancelled' ? units : 0);
  if (kept === 0) return statusFor(shop, line, type, 'cancelled');
  const back = returned + (means === 'returned' ? units : 0);
  if (back === kept) return statusFor(shop, line, type, 'returned');
  const gone = dispatched + (means === 'dispatched' ? units : 0);
  return gone === kept ? statusFor(shop, line, type, 'dispatched') : undefined;
}

/** Why these lines may not move to the status wanted; undefined when all may. */
export function objectToLineStatus(
  shop: Shop,
  context: OrderContext,
  { lines, status }: EventOf<'set-line-status'>,
): Objection | undefined {
  const pipeline = shop.lines.statuses;
  const number = agreed(context).number;
  if (!Object.hasOwn(pipeline, status)) {
    return {
      code: 'invalid-line-status',
      detail: `Order ${number}: ${status} is no line status of this shop.`,
      figures: { order: number, wanted: status },
      allowed: Object.keys(pipeline),
      errors: [{ pointer: '/status', detail: `Choose one of ${listed(Object.keys(pipeline))}.` }],
    };
  }
  const errors: Fault[] = lines.length === 0 ? [{ pointer: '/lines', detail: 'Name a line.' }] : [];
  const present: Record<string, string> = {};
  const allowed = new Set<string>();
  const seen = new Set<string>();
  const ordered = new Map(agreed(context).lines.map((line) => [line.id, line.quantity]));
  lines.forEach(({ id, quantity }, position) => {
    const pointer = `/lines/${position}/id`;
    const line = context.lines.find((candidate) => candidate.id === id);
    if (!line) return errors.push({ pointer, detail: `${id} is not a line of order ${number}.` });
    if (seen.has(id)) return errors.push({ pointer, detail: `Line ${id} is named twice.` });
    seen.add(id);
    const whole = ordered.get(id);
    if (quantity !== undefined && quantity !== whole) {
      const detail = `Line ${id}: a status is for all ${whole} of it, not for ${quantity}; units pass shipping events.`;
      return errors.push({ pointer: `/lines/${position}/quantity`, detail });
    }
    present[id] = line.status;
    nextStatuses(pipeline, line.status).forEach((next) => allowed.add(next));
    if (line.status === status || permits(pipeline, line.status, status)) return undefined;
    const may = listed(nextStatuses(pipeline, line.status));
    const detail = `Line ${id} is ${line.status}; ${may} may follow, ${status} may not.`;
    return errors.push({ pointer, detail });
  });
  if (errors.length === 0) return undefined;
  return {
    code: 'invalid-line-status',
    detail: `Order ${number}: ${errors.map(({ detail }) => detail).join(' ')}`,
    figures: { order: number, present, wanted: status },
    allowed: [...allowed],
    errors,
  };
}

export function setLineStatus(draft: Draft, { lines, status }: EventOf<'set-line-status'>): void {
  const named = new Set(lines.map(({ id }) => id));
  const moves = new Map<number, string>();
  draft.context.lines.forEach(({ id }, index) => {
    if (named.has(id)) moves.set(index, status);
  });
  moveLines(draft, moves);
}
