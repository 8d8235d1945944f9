import type { Declined } from './port';

/** Currencies whose last digit Stripe wants to be 0. */
const TENTHS = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** Units of Stripe's in one of ours, where Stripe counts finer than ISO 4217. */
const FINER: Readonly<Record<string, number>> = { ISK: 100, UGX: 100 };

/** Units of ours in one of Stripe's, where Stripe counts coarser. */
const COARSER: Readonly<Record<string, number>> = { MGA: 100 };

/** Currencies whose digits Stripe does not document, so that an amount could be taken for another. */
const UNSURE = new Set(['CLF', 'IQD', 'LYD', 'UYI', 'UYW']);

type Asked = { readonly amount: number } | Declined;

function declined(code: string, message: string): Declined {
  return { outcome: 'declined', code, message };
}

/** Our minor units as Stripe counts them, exactly; declined where Stripe cannot say that amount. */
export function toStripe(amount: number, currency: string): Asked {
  if (UNSURE.has(currency)) {
    return declined('currency_not_supported', `Stripe takes no payments in ${currency}.`);
  }
  const step = TENTHS.has(currency) ? 10 : (COARSER[currency] ?? 1);
  if (amount % step !== 0) {
    const message = `Stripe moves ${currency} in steps of ${step} minor units, and ${amount} is none; choose an amount that is.`;
    return declined('amount_not_expressible', message);
  }
  return { amount: (amount * (FINER[currency] ?? 1)) / (COARSER[currency] ?? 1) };
}

/** Stripe's units as ours; its code of a currency may be in small letters. */
export function fromStripe(amount: number, currency: string): number {
  const code = currency.toUpperCase();
  return (amount / (FINER[code] ?? 1)) * (COARSER[code] ?? 1);
}
