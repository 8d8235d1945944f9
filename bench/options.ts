import { parseArgs } from 'node:util';
import type { VariantName } from './variants';

export interface Options {
  readonly rounds: number;
  /** Orders of one variant in one round, at the higher concurrency; a fifth of it one at a time. */
  readonly orders: number;
  readonly only: readonly VariantName[];
  readonly atOnce: readonly number[];
}

const variants: readonly VariantName[] = ['a', 'b', 'c', 'hot'];

/** Reads the command line; throws a sentence on what it cannot use. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      orders: { type: 'string', default: '200' },
      only: { type: 'string', default: variants.join(',') },
      'at-once': { type: 'string', default: '1,20' },
    },
  });
  const only = values.only.split(',').map((name) => {
    const found = variants.find((variant) => variant === name);
    if (found) return found;
    throw new Error(`--only takes ${variants.join(', ')}, parted by commas, not ${name}.`);
  });
  return {
    rounds: whole('rounds', values.rounds),
    orders: whole('orders', values.orders),
    only,
    atOnce: values['at-once'].split(',').map((text) => whole('at-once', text)),
  };
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${name} takes a whole number from 1, not ${text}.`);
}
