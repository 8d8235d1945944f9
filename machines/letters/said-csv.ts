import { records } from '../csv';
import { listed } from '../refusals';

/** The columns that a file may have; `id`, `type` and `order` are needed, and the others may be left out. */
export const saidColumns = [
  ...(['id', 'type', 'order', 'at', 'reference', 'line', 'sku', 'quantity'] as const),
  ...(['carrier', 'tracking', 'reason'] as const),
] as const;
const NEEDED = ['type', 'order'] as const;

type Cells = { readonly [column in (typeof saidColumns)[number]]?: string };

/** What one or more records say, still to be read; `place` is where in the file. */
export interface SaidInFile {
  readonly sent: unknown;
  readonly place: string;
}

/** A count as a number; what is none is left for the reader to refuse. */
function countIn(cell: string): unknown {
  return /^\d{1,9}$/.test(cell.trim()) ? Number(cell) : cell;
}

function unitsIn({ line, sku, quantity }: Cells): object[] {
  if (!line && !sku && !quantity) return [];
  return [
    {
      ...(line && { id: line }),
      ...(sku && { sku }),
      ...(quantity && { quantity: countIn(quantity) }),
    },
  ];
}

/** One message: each record is some of its lines, and the first one says the rest. */
function messageOf(rows: readonly Cells[]): unknown {
  const [first = {}] = rows;
  const { id, type, order, at, reference, carrier, tracking, reason } = first;
  const lines = rows.flatMap(unitsIn);
  const given = Object.entries({ id, type, order, at, reference, reason }).filter(
    ([, cell]) => cell,
  );
  return {
    ...Object.fromEntries(given),
    ...(lines.length > 0 && { lines }),
    ...((tracking || carrier) && {
      tracking: { ...(carrier && { carrier }), ...(tracking && { number: tracking }) },
    }),
  };
}

function faultOf(heading: readonly string[]): string | undefined {
  const unknown = heading.filter((name) => !saidColumns.some((column) => column === name));
  if (unknown.length > 0) {
    return `There is no column ${listed(unknown)}; there is ${listed(saidColumns)}.`;
  }
  const missing = NEEDED.filter((column) => !heading.includes(column));
  return missing.length > 0 ? `The columns ${listed(missing)} are missing.` : undefined;
}

/**
 * What a partner says in a CSV file: a record for each line of a parcel, and those of one `id` are one
 * message. A record without an id is a message of its own.
 */
export function saidInCsv(
  text: string,
): { readonly items: readonly SaidInFile[] } | { readonly fault: string } {
  const read = records(text);
  if ('brokenAt' in read) return { fault: `From line ${read.brokenAt} on it is no CSV.` };
  const [first = [], ...rows] = read.records;
  const heading = first.map((name) => name.trim().toLowerCase());
  const fault = faultOf(heading);
  if (fault !== undefined) return { fault };
  const messages = new Map<string, { place: string; rows: Cells[] }>();
  for (const [index, row] of rows.entries()) {
    const cells: Cells = Object.fromEntries(heading.map((name, at) => [name, row[at]?.trim()]));
    const place = `record ${index + 1}`;
    const key = cells.id ? `id ${cells.id}` : place;
    const message = messages.get(key);
    if (message) message.rows.push(cells);
    else messages.set(key, { place, rows: [cells] });
  }
  const items = [...messages.values()].map((each) => {
    return { sent: messageOf(each.rows), place: each.place };
  });
  return { items };
}
