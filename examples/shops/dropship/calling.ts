import { defineEffects, type EffectPayload } from '../../../machines/calls/code';
import shop from './shop';

type Addresses = Readonly<Record<string, string>>;

/** The lines of an order that a partner sends, in the partner's own words. */
function orderFor(partner: string, { number, placement }: EffectPayload['order']) {
  const { shippingAddress, lines } = placement;
  const own = lines.filter((line) => line.partner === partner);
  return {
    order: number,
    shippingAddress,
    lines: own.map(({ id, sku, partnerSku, quantity }) => ({
      id,
      sku: partnerSku ?? sku,
      quantity,
    })),
  };
}

/** Tells every partner of an order, each under a key of its own that stays the same at every try. */
async function tellPartners(
  addresses: Addresses,
  { key, order }: EffectPayload,
  signal: AbortSignal,
  does: 'order' | 'cancel',
): Promise<string[]> {
  const { lines } = order.placement;
  const codes = [...new Set(lines.flatMap(({ partner }) => partner ?? []))];
  for (const code of codes) {
    const address = addresses[code];
    if (address === undefined) throw new Error(`No address of the partner ${code} is known.`);
    const response = await fetch(address, {
      method: 'POST',
      signal,
      headers: { 'content-type': 'application/json', 'idempotency-key': `${key}/${code}` },
      body: JSON.stringify({ does, ...orderFor(code, order) }),
    });
    if (response.status === 409) throw new Refused(`${code} does not take the order.`);
    if (!response.ok) throw new Error(`${code} answered ${response.status}.`);
  }
  return codes;
}

/** A partner's "no", which asking again does not change. */
class Refused extends Error {}

/** The shop's own effects, for partners at these addresses. */
export function callingAt(addresses: Addresses) {
  return defineEffects(shop, {
    'order-at-partners': async (payload, { signal, fail }) => {
      try {
        return { told: await tellPartners(addresses, payload, signal, 'order') };
      } catch (error) {
        if (error instanceof Refused) return fail(error.message);
        throw error;
      }
    },
    'cancel-at-partners': async (payload, { signal }) => {
      return { told: await tellPartners(addresses, payload, signal, 'cancel') };
    },
  });
}
