import { call } from '../demo/system';
import { pause } from '../stack/pause';
import { persist } from '../torture/client';
import type { Everything } from '../torture/running';
import { countedSkus, goods, ON_EACH_SHELF } from './goods';
import type { Line, Planned } from './orders';
import { makeCruel, type Registered } from './partners';

/** A customer or the shop's API may have to be waited for so long while parts of the shop are down. */
const WITHIN_MS = 180_000;

/** Puts what a run begins with on every shelf that is counted. */
export async function fillShelves({ system }: Everything): Promise<void> {
  for (const sku of countedSkus) {
    const { status } = await call(system, 'PUT', `/v1/stock/${sku}`, { inStock: ON_EACH_SHELF });
    if (status >= 300) throw new Error(`The shelf of ${sku} could not be filled: ${status}.`);
  }
}

/** Orders come in one after another; `news` is told of each. */
export interface Shopping {
  readonly everything: Everything;
  readonly partners: readonly Registered[];
  /** Between two orders, in ms. */
  readonly everyMs: number;
  readonly news: (placed: Planned) => void;
}

/**
 * Nobody can call off what is in the post. Letters about an order arrive in their order, so whoever waits
 * for a reminder has been told by then what is called off.
 */
async function makeWait(partners: readonly Registered[], order: string, { sku }: Line) {
  const code = goods.find((good) => good.sku === sku)?.partner;
  const partner = partners.find((each) => each.code === code);
  if (partner) await makeCruel(partner, { order, silent: true });
}

/** Places one order, and calls off what its customer does not want after all. Throws when it is refused. */
async function place({ everything, partners }: Shopping, planned: Planned): Promise<void> {
  const { number, request, cruelty, calledOff } = planned;
  const cruel = partners.find(({ code }) => code === cruelty?.partner);
  if (cruel && cruelty) await makeCruel(cruel, { order: number, ...cruelty.manners });
  if (calledOff) await makeWait(partners, number, calledOff);
  const placing = { withinMs: WITHIN_MS };
  const placed = await persist(everything, '/v1/orders', request, `${number}-place`, placing);
  if (placed.status >= 300) {
    throw new Error(`${number} is not placed: ${placed.status} ${JSON.stringify(placed.body)}`);
  }
  if (!calledOff) return;
  const { id, quantity } = calledOff;
  const reason = 'The customer needs one less.';
  const command = { type: 'cancel', lines: [{ id, quantity }], reason };
  // Refused where the unit has left by now, which is right as well.
  const path = `/v1/orders/${number}/commands`;
  await persist(everything, path, command, `${number}-call-off`, placing);
}

/** Places all orders in their turn. */
export async function placeAll(shopping: Shopping, orders: readonly Planned[]): Promise<void> {
  for (const planned of orders) {
    await place(shopping, planned);
    shopping.news(planned);
    await pause(shopping.everyMs);
  }
}
