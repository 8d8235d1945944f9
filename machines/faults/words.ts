import { isNumberPrefix } from '../deciding/limits';
import { whole } from '../placing/whole';
import { listed } from '../refusals';
import { allObligations } from './effects';
import type { Shop } from '../table';

export function messageFaults(shop: Shop): string[] {
  const sent = allObligations(shop).flatMap((each) =>
    typeof each === 'object' && 'send' in each ? [each.send] : [],
  );
  const unknown = [...new Set(sent)].filter((kind) => !shop.messages.includes(kind));
  return unknown.map((kind) => `The message ${kind} is sent but not defined.`);
}

/** The words in braces that a number's prefix may have. */
const moments = ['{year}', '{month}'];
const needed = { year: ['{year}'], month: ['{year}', '{month}'] } as const;
const MOST_DIGITS = 15;

export function numberFaults({ numbers: { prefix, from, digits, each } }: Shop): string[] {
  const faults: string[] = [];
  if (!isNumberPrefix(prefix)) {
    faults.push(
      `The number prefix "${prefix}" must be of at most 48 visible ASCII characters without "/" and "\\".`,
    );
  }
  const unknown = (prefix.match(/\{\w*\}/g) ?? []).filter((word) => !moments.includes(word));
  if (unknown.length > 0) {
    faults.push(`The number prefix has ${listed(unknown)}; it may have ${listed(moments)}.`);
  }
  if (!whole(from, 0)) faults.push(`Numbers begin at a whole number from 0, not at ${from}.`);
  if (digits !== undefined && !(whole(digits, 1) && digits <= MOST_DIGITS)) {
    faults.push(`A number has 1 to ${MOST_DIGITS} digits at least, not ${digits}.`);
  }
  if (each === undefined) return faults;
  if (!Object.hasOwn(needed, each)) {
    return [...faults, `Numbers begin anew each year or each month, not each ${each}.`];
  }
  const missing = needed[each].filter((word) => !prefix.includes(word));
  if (missing.length > 0) {
    faults.push(
      `Numbers begin anew each ${each}, but their prefix "${prefix}" has no ${missing.join(' and no ')}: the next ${each}'s would be taken.`,
    );
  }
  return faults;
}

export function voucherFaults({ vouchers }: Shop): string[] {
  const kinds = ['given-back', 'kept'];
  if (!vouchers || kinds.includes(vouchers.whenCancelled)) return [];
  return [
    `Vouchers of a cancelled order are ${kinds.join(' or ')}, not ${vouchers.whenCancelled}.`,
  ];
}
