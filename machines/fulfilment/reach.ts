import type { Units } from '../events';
import { coverOf } from '../payment/cover';
import { listed } from '../refusals';
import { awaitedUnits, awaiting } from '../returns/counts';
import { agreed, lineIndexes, passed, type LineState, type OrderContext } from '../state';
import type { LineKind, Shop, ShippingEventRule } from '../table';
import { countUnits, waitFor, type Reach } from './units';

/** A rule of the shop that lets fewer units pass than there are; such rules may be overridden. */
export interface Limit {
  /** Units that it lets pass. */
  readonly room: number;
  readonly says: string;
}

type Rule = ShippingEventRule<string, string, string, string>;

/** Units that are there to pass at all, whatever the shop's rules say. */
function present(
  shop: Shop,
  rule: Rule,
  line: LineState,
  { ordered, done, coming }: { ordered: number; done: number; coming: number },
): number {
  const { dispatched, cancelled, returned } = countUnits(shop, line);
  switch (rule.means) {
    case 'dispatched':
    case 'cancelled':
      return Math.min(ordered - done, ordered - dispatched - cancelled);
    case 'returned':
      return Math.min(ordered - done, dispatched - returned - coming);
    case undefined:
      return ordered - cancelled - done;
  }
}

/** Units that nobody's shelf has yet: no rule of the shop, so nothing goes over it. */
function waitsFor(shop: Shop, { means }: Rule, line: LineState, ordered: number): Limit[] {
  const { backordered } = line;
  if (means !== 'dispatched' || backordered === 0) return [];
  const { dispatched, cancelled } = countUnits(shop, line);
  return [{ room: ordered - dispatched - cancelled - backordered, says: waitFor(backordered) }];
}

/** Units of a line that may pass a type now or later: what has yet to happen may, what is gone is gone. */
function everLeft(shop: Shop, context: OrderContext, type: string, index: number): number {
  const [rule, line] = [shop.shippingEvents[type], context.lines[index]];
  if (!rule || !line) return 0;
  const ordered = agreed(context).lines[index]?.quantity ?? 0;
  const done = passed(line, type);
  const { cancelled, returned } = countUnits(shop, line);
  const coming = awaitedUnits(context, line.id);
  const there =
    rule.means === 'returned'
      ? Math.min(ordered - done, ordered - cancelled - returned - coming)
      : present(shop, rule, line, { ordered, done, coming });
  const before = (rule.before ?? []).map((other) => ordered - done - passed(line, other));
  return Math.min(there, ...before);
}

/** Whether units that may not pass a type now could pass it later, each of them. */
export function mayPassLater(
  shop: Shop,
  context: OrderContext,
  type: string,
  lines: readonly Units[],
): boolean {
  const indexes = lineIndexes(context);
  return lines.every(({ id, quantity = 1 }) => {
    const index = indexes.get(id);
    const left = index === undefined ? 0 : everLeft(shop, context, type, index);
    return quantity >= 1 && quantity <= left;
  });
}

function passing(count: number, other: string): string {
  return `${count} ${count === 1 ? 'has' : 'have'} passed ${other}`;
}

/** What the shop's rules between events, and on money, let pass of the line at an index. */
export function limitsOf(
  shop: Shop,
  context: OrderContext,
  type: string,
): (index: number) => Limit[] {
  const { after = [], before = [], requires } = shop.shippingEvents[type] ?? {};
  const cover = requires && coverOf(shop, context, requires);
  return (index) => {
    const line = context.lines[index];
    if (!line) return [];
    const done = passed(line, type);
    const ordered = agreed(context).lines[index]?.quantity ?? 0;
    const covered = cover?.(index);
    return [
      ...after.map((other) => {
        const count = passed(line, other);
        const says = count === 0 ? `none has passed ${other}` : `only ${passing(count, other)}`;
        return { room: count - done, says };
      }),
      ...before.map((other) => {
        const count = passed(line, other);
        return { room: ordered - done - count, says: passing(count, other) };
      }),
      ...(covered ? [{ room: covered.units - done, says: covered.says }] : []),
    ];
  };
}

/**
 * How many more units of a line may pass a shipping event type, by the shop's rules between types;
 * `free` of those rules, as many as are there at all.
 */
export function reachOf(
  shop: Shop,
  context: OrderContext,
  type: string,
  free = false,
): (index: number) => Reach {
  const rule = shop.shippingEvents[type];
  const placed = agreed(context).lines;
  const isForKind = (index: number) =>
    rule?.kinds === undefined || rule.kinds.includes(placed[index]?.kind as LineKind);
  const why = (index: number) => {
    if (!rule) return `${type} is no shipping event of this shop`;
    if (!isForKind(index)) return `${type} is for ${listed(rule.kinds ?? [])} lines`;
    const { dispatched, cancelled, returned } = countUnits(shop, context.lines[index] as LineState);
    const ordered = placed[index]?.quantity ?? 0;
    const id = placed[index]?.id ?? '';
    const coming = awaitedUnits(context, id);
    const by = coming > 0 ? `, ${coming} awaited in return ${awaiting(context, id)}` : '';
    return `${ordered} ordered, ${dispatched} dispatched, ${returned} returned, ${cancelled} cancelled${by}`;
  };
  const limits = free ? () => [] : limitsOf(shop, context, type);
  return (index) => {
    const line = context.lines[index];
    const ordered = placed[index]?.quantity;
    if (!rule || !line || ordered === undefined || !isForKind(index)) return { units: 0, why };
    const coming = awaitedUnits(context, line.id);
    let units = present(shop, rule, line, { ordered, done: passed(line, type), coming });
    let limit: string | undefined;
    for (const { room, says } of [...waitsFor(shop, rule, line, ordered), ...limits(index)]) {
      if (room >= units) continue;
      units = room;
      limit = says;
    }
    return { units, why: (at) => limit ?? why(at) };
  };
}
