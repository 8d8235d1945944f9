import { change, type Draft } from '../deciding/draft';
import { agreed, type DigitalRequest, type OrderContext } from '../state';
import type { Shop } from '../table';
import { countUnits } from './units';

const providerTypes = new WeakMap<Shop, readonly string[]>();

/** The shipping event types that the digital provider fulfils, worked out once per table. */
export function typesOfProvider(shop: Shop): readonly string[] {
  const known = providerTypes.get(shop);
  if (known) return known;
  const { shippingEvents } = shop;
  const found = Object.keys(shippingEvents).filter((type) => shippingEvents[type]?.fulfilledBy);
  providerTypes.set(shop, found);
  return found;
}

function askedOf({ lines, renews }: DigitalRequest, id: string): number {
  if (renews) return 0;
  return lines.find((units) => units.id === id)?.quantity ?? 0;
}

/** Units of a line that the provider was asked for and has not delivered. */
export function unitsWithProvider({ digital }: OrderContext, id: string): number {
  let units = 0;
  for (const request of digital) units += askedOf(request, id);
  return units;
}

/** Takes out of open requests what has been cancelled, or recorded by hand, since; the newest first. */
export function trimRequests(draft: Draft): void {
  const { shop, context } = draft;
  if (context.digital.every(({ renews }) => renews)) return;
  const placed = agreed(context).lines;
  const left = new Map(
    context.lines.map((line, index) => {
      const { dispatched, cancelled } = countUnits(shop, line);
      return [line.id, (placed[index]?.quantity ?? 0) - dispatched - cancelled];
    }),
  );
  const digital = context.digital.map((request) => {
    if (request.renews) return request;
    const lines = request.lines.flatMap(({ id, quantity }) => {
      const open = left.get(id) ?? 0;
      const kept = Math.min(quantity, open);
      left.set(id, open - kept);
      return kept > 0 ? [{ id, quantity: kept }] : [];
    });
    return { ...request, lines };
  });
  // What failed and has nothing left to deliver is no longer waited for by anybody.
  change(draft, {
    digital: digital.filter(({ lines, failed }) => lines.length > 0 || failed === undefined),
  });
}
