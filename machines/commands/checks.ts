import { limits } from '../deciding/limits';
import { listed, type Fault } from '../refusals';
import { isTime, TIME } from '../time';
import { longestInside, NAME, type Field, type FieldKind } from './fields';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const isText = (value: unknown): value is string => typeof value === 'string';

export function extraFields(
  value: Record<string, unknown>,
  known: readonly string[],
  at: string,
): Fault[] {
  return Object.keys(value)
    .filter((field) => !known.includes(field))
    .map((field) => ({
      pointer: `${at}/${field}`,
      detail: `There is no field ${field}; there is ${listed(known)}.`,
    }));
}

type Check = (value: unknown, at: string, longest?: number) => Fault[];

/** Whether it is a text, and no longer than it may be. */
function textFaults(value: unknown, pointer: string, longest: number = NAME): Fault[] {
  if (!isText(value)) return [{ pointer, detail: 'Write a text.' }];
  if (value.length <= longest) return [];
  return [{ pointer, detail: `Write at most ${longest} characters, not ${value.length}.` }];
}

/** A list of what `each` accepts, no longer than it may be. */
function listOf(each: Check, detail: string): Check {
  return (value, pointer, longest = limits.lines) => {
    if (!Array.isArray(value)) return [{ pointer, detail }];
    if (value.length > longest) {
      return [{ pointer, detail: `Write at most ${longest} of them, not ${value.length}.` }];
    }
    return value.flatMap((entry, position) => each(entry, `${pointer}/${position}`));
  };
}

function unitFaults(unit: unknown, pointer: string): Fault[] {
  if (!isRecord(unit)) return [{ pointer, detail: 'Write { "id", "quantity" }.' }];
  const faults = extraFields(unit, ['id', 'quantity'], pointer);
  faults.push(...textFaults(unit.id, `${pointer}/id`, longestInside.id));
  if (unit.quantity !== undefined && typeof unit.quantity !== 'number') {
    faults.push({ pointer: `${pointer}/quantity`, detail: 'A quantity is a number.' });
  }
  return faults;
}

function countFaults(value: unknown, pointer: string): Fault[] {
  if (value === undefined || typeof value === 'number') return [];
  return [{ pointer, detail: 'A count is a number.' }];
}

function flagFaults(value: unknown, pointer: string): Fault[] {
  return typeof value === 'boolean' ? [] : [{ pointer, detail: 'Write true or false.' }];
}

function receivedFaults(line: unknown, pointer: string): Fault[] {
  if (!isRecord(line))
    return [{ pointer, detail: 'Write { "id", "good", "damaged", "restock" }.' }];
  return [
    ...extraFields(line, ['id', 'good', 'damaged', 'restock'], pointer),
    ...textFaults(line.id, `${pointer}/id`, longestInside.id),
    ...countFaults(line.good, `${pointer}/good`),
    ...countFaults(line.damaged, `${pointer}/damaged`),
    ...(line.restock === undefined ? [] : flagFaults(line.restock, `${pointer}/restock`)),
  ];
}

function numberFaults(value: unknown, pointer: string): Fault[] {
  if (typeof value !== 'number') return [{ pointer, detail: 'Write a number of minor units.' }];
  if (value <= limits.amount) return [];
  return [{ pointer, detail: `An amount is at most ${limits.amount} minor units.` }];
}

function wordsFaults(value: unknown, pointer: string, longest: number = limits.lines): Fault[] {
  if (!isRecord(value)) return [{ pointer, detail: 'Write { "old": "new" }.' }];
  const words = Object.entries(value);
  if (words.length > longest) {
    return [{ pointer, detail: `Write at most ${longest} of them, not ${words.length}.` }];
  }
  return words.flatMap(([old, word]) => textFaults(word, `${pointer}/${old}`));
}

/** Whether it is an object of a bearable size; whether it is a sound table is for the order to say. */
function tableFaults(value: unknown, pointer: string, longest = Infinity): Fault[] {
  if (!isRecord(value)) return [{ pointer, detail: 'Write a table: { "name", "revision", … }.' }];
  const { length } = JSON.stringify(value);
  if (length <= longest) return [];
  return [{ pointer, detail: `A table has at most ${longest} characters, not ${length}.` }];
}

/** JSON of a bearable size. */
function jsonFaults(value: unknown, pointer: string, longest: number = limits.answer): Fault[] {
  const { length } = JSON.stringify(value) ?? '';
  if (length <= longest) return [];
  return [{ pointer, detail: `Write at most ${longest} characters of JSON, not ${length}.` }];
}

function downloadFaults(value: unknown, pointer: string): Fault[] {
  if (!isRecord(value))
    return [{ pointer, detail: 'Write { "line", "name", "url", "expiresAt" }.' }];
  const { line, name, url, expiresAt } = value;
  return [
    ...extraFields(value, ['line', 'name', 'url', 'expiresAt'], pointer),
    ...textFaults(line, `${pointer}/line`, longestInside.id),
    ...textFaults(name, `${pointer}/name`),
    ...textFaults(url, `${pointer}/url`, longestInside.url),
    ...(expiresAt === undefined || (isText(expiresAt) && isTime(expiresAt))
      ? []
      : [{ pointer: `${pointer}/expiresAt`, detail: TIME }]),
  ];
}

function priceFaults(value: unknown, pointer: string): Fault[] {
  if (!isRecord(value)) return [{ pointer, detail: 'Write { "exclTax", "inclTax" }.' }];
  return [
    ...extraFields(value, ['exclTax', 'inclTax'], pointer),
    ...numberFaults(value.exclTax, `${pointer}/exclTax`),
    ...numberFaults(value.inclTax, `${pointer}/inclTax`),
  ];
}

const textsOfGoods = { id: 64, sku: 100, upc: 100, title: 500, partner: 100, partnerSku: 100 };
const goodsMust: readonly string[] = ['sku', 'title'];

/** A line of an order to be placed, without what its place and the shop give it. */
function goodsFaults(line: unknown, pointer: string): Fault[] {
  if (!isRecord(line)) return [{ pointer, detail: 'Write { "sku", "title", … }.' }];
  const others = ['quantity', 'unitPrice', 'kind', 'trackStock'];
  const texts = Object.entries(textsOfGoods).flatMap(([name, longest]) =>
    line[name] === undefined && !goodsMust.includes(name)
      ? []
      : textFaults(line[name], `${pointer}/${name}`, longest),
  );
  const { quantity, kind, trackStock } = line;
  const kinds = ['physical', 'digital', undefined];
  return [
    ...extraFields(line, [...Object.keys(textsOfGoods), ...others], pointer),
    ...texts,
    ...(typeof quantity === 'number'
      ? []
      : [{ pointer: `${pointer}/quantity`, detail: 'A quantity is a number.' }]),
    ...priceFaults(line.unitPrice, `${pointer}/unitPrice`),
    ...(kinds.includes(kind as string | undefined)
      ? []
      : [{ pointer: `${pointer}/kind`, detail: 'Write physical or digital.' }]),
    ...(trackStock === undefined ? [] : flagFaults(trackStock, `${pointer}/trackStock`)),
  ];
}

function shareFaults(value: unknown, pointer: string): Fault[] {
  if (!isRecord(value)) return [{ pointer, detail: 'Write { "payment", "amount" }.' }];
  return [
    ...extraFields(value, ['payment', 'amount'], pointer),
    ...textFaults(value.payment, `${pointer}/payment`, longestInside.id),
    ...numberFaults(value.amount, `${pointer}/amount`),
  ];
}

function chargeFaults(value: unknown, pointer: string): Fault[] {
  if (!isRecord(value)) return [{ pointer, detail: 'Write { "code", "name", … }.' }];
  const { code, name, ...price } = value;
  return [
    ...textFaults(code, `${pointer}/code`, longestInside.id),
    ...textFaults(name, `${pointer}/name`, longestInside.number),
    ...priceFaults(price, pointer),
  ];
}

/** What each kind of field accepts; whether a number suits the order is for the order to say, on its figures. */
const checks: Record<FieldKind, Check> = {
  text: textFaults,
  number: numberFaults,
  flag: flagFaults,
  time: (value, at) => (isText(value) && isTime(value) ? [] : [{ pointer: at, detail: TIME }]),
  received: listOf(receivedFaults, 'Write [{ "id", "good", "damaged", "restock" }].'),
  goods: listOf(goodsFaults, 'Write [{ "sku", "title", "quantity", "unitPrice" }].'),
  charge: chargeFaults,
  shares: listOf(shareFaults, 'Write [{ "payment", "amount" }].'),
  units: listOf(unitFaults, 'Write [{ "id", "quantity" }].'),
  texts: listOf((value, at) => textFaults(value, at, longestInside.id), 'Write a list of texts.'),
  override: (value, at, longest) => {
    if (!isRecord(value)) return [{ pointer: at, detail: 'Write { "reason" }.' }];
    const faults = extraFields(value, ['reason'], at);
    const isBlank = isText(value.reason) && value.reason.trim() === '';
    if (isBlank) return [...faults, { pointer: `${at}/reason`, detail: 'Say why.' }];
    return [...faults, ...textFaults(value.reason, `${at}/reason`, longest)];
  },
  tracking: (value, at) => {
    if (!isRecord(value)) return [{ pointer: at, detail: 'Write { "carrier", "number" }.' }];
    const faults = extraFields(value, ['carrier', 'number'], at);
    faults.push(...textFaults(value.number, `${at}/number`, longestInside.number));
    if (value.carrier !== undefined) {
      faults.push(...textFaults(value.carrier, `${at}/carrier`, longestInside.carrier));
    }
    return faults;
  },
  words: wordsFaults,
  table: tableFaults,
  json: jsonFaults,
  downloads: listOf(downloadFaults, 'Write [{ "line", "name", "url", "expiresAt" }].'),
};

/** What is wrong with a field of a command. */
export function fieldFaults(
  value: unknown,
  name: string,
  { kind, required, longest }: Field,
): Fault[] {
  const pointer = `/${name}`;
  if (value === undefined) return required ? [{ pointer, detail: `${name} is missing.` }] : [];
  const blank = required && isText(value) && value.trim() === '';
  return blank
    ? [{ pointer, detail: `${name} is blank: write some text.` }]
    : checks[kind](value, pointer, longest);
}
