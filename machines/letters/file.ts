import { record, type Cell } from '../csv';
import type { Letter, LetterLine, TestLetter } from '../letters/letters';

type Dropped = Letter | TestLetter;
type Line = Pick<LetterLine, 'id' | 'sku' | 'quantity'> & Partial<LetterLine>;
type Row = { readonly letter: Dropped; readonly line?: Line };

/** A column of the file, under a name and in a place that stay for this version. */
type Column = readonly [name: string, cell: (row: Row) => Cell | undefined];

const orderOf = ({ letter }: Row) => (letter.type === 'order' ? letter : undefined);
const shipTo = (row: Row) => orderOf(row)?.shipTo;

/** How many columns the lines of an address have; the last one has what is left. */
const STREET = 3;

const streets = Array.from({ length: STREET }, (_, index): Column => {
  const isLast = index === STREET - 1;
  return [
    `address_${index + 1}`,
    (row) =>
      shipTo(row)
        ?.lines?.slice(index, isLast ? undefined : index + 1)
        .join(', '),
  ];
});

const columns: readonly Column[] = [
  ['version', ({ letter }) => letter.version],
  ['letter', ({ letter }) => letter.id],
  ['type', ({ letter }) => letter.type],
  ['partner', ({ letter }) => letter.partner],
  ['order', ({ letter }) => (letter.type === 'test' ? null : letter.order)],
  ['hand_over', ({ letter }) => (letter.type === 'test' ? null : letter.handOver)],
  ['sequence', ({ letter }) => (letter.type === 'test' ? null : letter.sequence)],
  ['at', ({ letter }) => letter.at],
  ['line', ({ line }) => line?.id],
  ['sku', ({ line }) => line?.sku],
  ['shop_sku', ({ line }) => line?.shopSku],
  ['upc', ({ line }) => line?.upc],
  ['title', ({ line }) => line?.title],
  ['quantity', ({ line }) => line?.quantity],
  ['line_reference', ({ line }) => line?.reference],
  ['line_notes', ({ line }) => line?.notes],
  ['customer', (row) => orderOf(row)?.customer.name],
  ['ship_to', (row) => shipTo(row)?.name],
  ...streets,
  ['city', (row) => shipTo(row)?.city],
  ['region', (row) => shipTo(row)?.region],
  ['postcode', (row) => shipTo(row)?.postcode],
  ['country', (row) => shipTo(row)?.country],
  ['phone', (row) => shipTo(row)?.phone],
  ['shipping', (row) => orderOf(row)?.shipping?.code],
  ['shipping_name', (row) => orderOf(row)?.shipping?.name],
  ['answer_by', (row) => orderOf(row)?.answerBy],
  ['ship_by', (row) => orderOf(row)?.shipBy],
  ['waits_for', ({ letter }) => (letter.type === 'reminder' ? letter.waitsFor : null)],
  ['since', ({ letter }) => (letter.type === 'reminder' ? letter.since : null)],
  ['reason', ({ letter }) => (letter.type === 'cancellation' ? letter.reason : null)],
];

/** The names of a file's columns, in their order. */
export const letterColumns: readonly string[] = columns.map(([name]) => name);

/** A letter as a file of comma-separated values. */
export interface LetterFile {
  /** The same at every attempt, so that a second one replaces the first. */
  readonly name: string;
  readonly text: string;
}

/** A letter for a partner that reads nothing but files: a record for each line, below a heading. */
export function letterFile(letter: Dropped): LetterFile {
  const lines: readonly (Line | undefined)[] =
    letter.type === 'test' || letter.lines.length === 0 ? [undefined] : letter.lines;
  const rows = lines.map((line) => columns.map(([, cell]) => cell({ letter, line }) ?? null));
  return { name: nameOf(letter), text: [letterColumns, ...rows].map(record).join('') };
}

function nameOf(letter: Dropped): string {
  if (letter.type === 'test') return `test-${letter.id}.csv`;
  const { type, order, sequence, id } = letter;
  // An order's number may have signs that no file is named with; the id keeps names apart.
  return `${order.replaceAll(/[^A-Za-z0-9_-]/g, '_')}-${sequence}-${type}-${id}.csv`;
}
