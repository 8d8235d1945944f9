/** Digits after the point that differ from two, by ISO 4217. */
// prettier-ignore
const unusualDigits: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0,
  UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
};

const currencies = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD ' +
    'CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL ' +
    'GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF ' +
    'KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN ' +
    'MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD ' +
    'SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH ' +
    'UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
  ).split(' '),
);

export function isCurrency(code: string): boolean {
  return currencies.has(code);
}

/** Digits after the point of a currency, by ISO 4217. */
export function digitsOf(currency: string): number {
  return unusualDigits[currency] ?? 2;
}

/** Minor units as people write them: `4100, 'GBP'` is "41.00 GBP". */
export function written(amount: number, currency: string): string {
  return `${amountText(amount, currency)} ${currency}`;
}

/** The same without its currency: "41.00". */
export function amountText(amount: number, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const rest = digits > 0 ? `.${text.slice(-digits)}` : '';
  return `${amount < 0 ? '-' : ''}${whole}${rest}`;
}

export function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** `amount × part ÷ whole`, rounded down, exact for any safe integers. */
export function share(amount: number, part: number, whole: number): number {
  if (whole === 0) return 0;
  const product = amount * part;
  if (Number.isSafeInteger(product)) return (product - (product % whole)) / whole;
  return Number((BigInt(amount) * BigInt(part)) / BigInt(whole));
}

/** What `share` rounds away, in parts of the whole. */
function remainder(amount: number, part: number, whole: number): number {
  if (whole === 0) return 0;
  const product = amount * part;
  if (Number.isSafeInteger(product)) return product % whole;
  return Number((BigInt(amount) * BigInt(part)) % BigInt(whole));
}

/** Splits an amount over weights by largest remainder: the parts add up to it, to the unit. */
export function spread(amount: number, weights: readonly number[]): number[] {
  const whole = sum(weights);
  const parts = weights.map((weight) => share(amount, weight, whole));
  const left = amount - sum(parts);
  if (left === 0) return parts;
  const rests = weights.map((weight) => remainder(amount, weight, whole));
  const largestFirst = weights
    .map((_, index) => index)
    .sort((a, b) => (rests[b] ?? 0) - (rests[a] ?? 0));
  for (const index of largestFirst.slice(0, whole === 0 ? 0 : left)) {
    parts[index] = (parts[index] ?? 0) + 1;
  }
  return parts;
}
