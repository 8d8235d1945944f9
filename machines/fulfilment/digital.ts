import { alert, change, tell, type Draft } from '../deciding/draft';
import { meetForShipment } from '../deciding/obligations';
import type { CountedUnits, DigitalReport, EventOf, Stamp } from '../events';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, passed, type DigitalRequest, type OrderContext } from '../state';
import type { Shop } from '../table';
import { reachOf } from './reach';
import { typesOfProvider, unitsWithProvider } from './requests';
import { recordUnits, statusFaults } from './shipping';
import { countUnits } from './units';

interface Owed {
  readonly event: string;
  readonly lines: readonly CountedUnits[];
}

/** Units that the provider can fulfil now and that it was not asked for yet. */
function owedToProvider(shop: Shop, context: OrderContext, status: string): Owed[] {
  const types = typesOfProvider(shop);
  if (types.length === 0) return [];
  if (context.hold && shop.holdBlocks.includes('record-shipping-event')) return [];
  return types.flatMap((event) => {
    if (!shop.shippingEvents[event]?.during.includes(status)) return [];
    const reach = reachOf(shop, context, event);
    const lines = context.lines.flatMap(({ id }, index) => {
      const quantity = reach(index).units - unitsWithProvider(context, id);
      const units = { id, quantity };
      if (quantity <= 0 || statusFaults(shop, context, event, [units]).length > 0) return [];
      return [units];
    });
    return lines.length > 0 ? [{ event, lines }] : [];
  });
}

export function isOwedToProvider(shop: Shop, context: OrderContext, status: string): boolean {
  return owedToProvider(shop, context, status).length > 0;
}

function ask(draft: Draft, request: Omit<DigitalRequest, 'id' | 'since'>): void {
  const { digital, digitalCount } = draft.context;
  const id = `${digitalCount + 1}`;
  const since = draft.event.at;
  change(draft, {
    digital: [...digital, { ...request, id, since }],
    digitalCount: digitalCount + 1,
  });
  draft.facts.push({ type: 'digital-asked', request: id, ...request });
}

/** Asks the provider, once, for all that it can fulfil now. */
export function askProvider(draft: Draft, status: string): void {
  for (const owed of owedToProvider(draft.shop, draft.context, status)) ask(draft, owed);
}

/** Lines with units that the provider delivered and that have not come back, by their event type. */
function delivered(shop: Shop, context: OrderContext, event: string): CountedUnits[] {
  return context.lines.flatMap((line) => {
    const quantity = passed(line, event) - countUnits(shop, line).returned;
    return quantity > 0 ? [{ id: line.id, quantity }] : [];
  });
}

/** What asking once more is about: requests that failed, and lines whose links are made anew. */
function askedAgain(shop: Shop, context: OrderContext, { lines }: EventOf<'send-downloads'>) {
  const isNamed = (id: string) => lines === undefined || lines.some((line) => line.id === id);
  const isUnderWay = (id: string) =>
    context.digital.some(
      ({ failed, lines: asked }) => failed === undefined && asked.some((units) => units.id === id),
    );
  const failed = context.digital.filter(
    (request) => request.failed !== undefined && request.lines.some(({ id }) => isNamed(id)),
  );
  const renewed = typesOfProvider(shop).flatMap((event) => {
    const units = delivered(shop, context, event).filter(
      ({ id }) => isNamed(id) && !isUnderWay(id),
    );
    // Of what failed to be made anew, the request itself is tried again.
    const open = units.filter(
      ({ id }) => !failed.some((request) => request.lines.some((line) => line.id === id)),
    );
    return open.length > 0 ? [{ event, lines: open }] : [];
  });
  return { failed, renewed };
}

/** Why the provider cannot be asked once more. */
export function objectToAskingAgain(
  shop: Shop,
  context: OrderContext,
  event: EventOf<'send-downloads'>,
): Objection | undefined {
  const order = agreed(context).number;
  const figures = { order };
  const errors = (event.lines ?? []).flatMap(({ id }, position): Fault[] => {
    const pointer = `/lines/${position}/id`;
    if (!context.lines.some((line) => line.id === id)) {
      return [{ pointer, detail: `${id} is not a line of order ${order}.` }];
    }
    const { failed, renewed } = askedAgain(shop, context, { ...event, lines: [{ id }] });
    if (failed.length + renewed.length > 0) return [];
    return [{ pointer, detail: `Line ${id} has nothing that could be delivered once more.` }];
  });
  const { failed, renewed } = askedAgain(shop, context, event);
  if (errors.length === 0 && failed.length + renewed.length > 0) return undefined;
  const open = context.digital.flatMap(({ lines }) => lines.map(({ id }) => id));
  const detail =
    errors.length > 0
      ? errors.map((fault) => fault.detail).join(' ')
      : `nothing was delivered that could be delivered once more; under way: ${listed(open)}.`;
  return { code: 'invalid-shipping-event', detail: `Order ${order}: ${detail}`, figures, errors };
}

/** Asks the provider once more: for what it could not deliver, and for new links to what it did. */
export function askAgain(draft: Draft, event: EventOf<'send-downloads'>): void {
  const { failed, renewed } = askedAgain(draft.shop, draft.context, event);
  const ids = failed.map(({ id }) => id);
  const digital = draft.context.digital.map(({ failed: why, ...request }) =>
    why === undefined || ids.includes(request.id) ? request : { ...request, failed: why },
  );
  change(draft, { digital });
  for (const { id, event: type, lines, renews } of failed) {
    draft.facts.push({ type: 'digital-asked', request: id, event: type, lines, renews });
  }
  for (const each of renewed) ask(draft, { ...each, renews: true });
}

type Delivered = Extract<DigitalReport, { type: 'digital.delivered' }> & Stamp;
type Failed = Extract<DigitalReport, { type: 'digital.failed' }> & Stamp;

/** Records what the provider delivered: once, and only units that nobody cancelled or recorded since. */
export function recordDelivery(draft: Draft, event: Delivered): void {
  const { context, shop } = draft;
  const { downloads, reference } = event;
  const request = context.digital.find(({ id }) => id === event.request);
  if (!request) return;
  const renewed = new Set(downloads.map(({ line }) => line));
  const kept = context.downloads.filter(({ line }) => !renewed.has(line));
  change(draft, { digital: context.digital.filter(({ id }) => id !== request.id) });
  if (request.lines.length === 0) {
    const text = `The provider delivered request ${request.id} after its units had been cancelled or recorded by hand; the customer was not told.`;
    return alert(draft, 'digital-too-late', text);
  }
  change(draft, { downloads: [...kept, ...downloads] });
  draft.facts.push({ type: 'digital-delivered', request: request.id, downloads });
  const { event: type, lines: units } = request;
  if (request.renews) {
    for (const obligation of shop.shippingEvents[type]?.obliges ?? []) {
      if (typeof obligation === 'object' && 'send' in obligation) tell(draft, obligation.send);
    }
    return;
  }
  const shipment = recordUnits(draft, type, units, { reference });
  const reason = reference ?? `${type} was delivered.`;
  meetForShipment(draft, { type, units, shipment, reason, notify: true });
}

/** Keeps why the provider could not deliver, and asks people to look. */
export function recordFailedDelivery(draft: Draft, { request, why }: Failed): void {
  const { digital } = draft.context;
  const asked = digital.find(({ id }) => id === request);
  const rest = digital.filter(({ id }) => id !== request);
  // With nothing left to deliver, nobody minds.
  if (!asked || asked.lines.length === 0) return change(draft, { digital: rest });
  change(draft, {
    digital: digital.map((each) => (each === asked ? { ...asked, failed: why } : each)),
  });
  draft.facts.push({ type: 'digital-failed', request, why });
  alert(draft, 'digital-failed', `The digital lines could not be delivered: ${why}`);
}
