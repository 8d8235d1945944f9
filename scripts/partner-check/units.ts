import type { Letter, Said } from '../../machines/letters/letters';

/** Units by the id of their line. */
export type Units = ReadonlyMap<string, number>;

/** What the letter of an order asks for; nothing where there is none. */
export function linesOf(letters: readonly Letter[], order: string): Letter['lines'] {
  const of = letters.find(({ type, order: each }) => type === 'order' && each === order);
  return of?.lines ?? [];
}

/** Which lines of a letter a message names that are not there. */
export function foreignLines({ lines = [] }: Said, known: Letter['lines']): string[] {
  return lines
    .filter(({ id, sku }) => !known.some((line) => line.id === id || line.sku === sku))
    .map(({ id, sku }) => id ?? sku ?? '');
}

/** The units of a message; those without a quantity are what is left beside `gone`. */
function unitsOf({ lines }: Said, known: Letter['lines'], gone: Units): Units {
  const left = ({ id, quantity }: Letter['lines'][number]) => quantity - (gone.get(id) ?? 0);
  const named = lines ?? known.map(({ id }) => ({ id }));
  return new Map(
    named.flatMap(({ id, sku, quantity }: NonNullable<Said['lines']>[number]) => {
      const line = known.find((each) => each.id === id || each.sku === sku);
      return line ? [[line.id, quantity ?? left(line)] as const] : [];
    }),
  );
}

function plus(one: Units, other: Units): Units {
  return new Map(
    [...one.keys(), ...other.keys()].map((id) => [id, (one.get(id) ?? 0) + (other.get(id) ?? 0)]),
  );
}

/** What messages of some types about one order come to, in the order they were said in. */
export function sumOf(
  said: readonly Said[],
  types: readonly Said['type'][],
  known: Letter['lines'],
): Units {
  return said
    .filter(({ type }) => types.includes(type))
    .reduce<Units>((sum, each) => plus(sum, unitsOf(each, known, sum)), new Map());
}
