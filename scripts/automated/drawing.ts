import Table from 'cli-table3';
import { written } from '../../machines/money';
import type { Finding } from './audit';
import type { Planned } from './orders';
import { plural } from './plural';
import { isOver, parcelsOf, type Shown } from './reading';

/** An order of the run: what was planned, and how it stands; absent while it is not placed. */
export interface Row {
  readonly planned: Planned;
  readonly order?: Shown;
}

/** No colours, so that the tables can also be piped and pasted; no rule between rows. */
const plain = { style: { head: [], border: [], compact: true } };

/** What is special about an order, in a few words. */
function specialOf({ cruelty, calledOff }: Planned): string {
  if (calledOff) return `one ${calledOff.sku} is called off`;
  return cruelty ? `${cruelty.partner}: ${cruelty.name}` : '';
}

/** Each partner that was asked, and what it has come to. */
function partnersOf({ handOvers }: Shown): string {
  return handOvers.map(({ partner, stage }) => `${partner} ${stage}`).join(', ');
}

function cellsOf({ planned, order }: Row, parcels: (order: Shown) => string): string[] {
  const { number } = planned;
  if (!order) return [number, '', '', '', '', specialOf(planned)];
  const { status, hold, payment, currency } = order;
  return [
    number,
    hold ? `${status} (on hold)` : status,
    partnersOf(order),
    parcels(order),
    written(payment.captured, currency),
    specialOf(planned),
  ];
}

const HEAD = ['order', 'status', 'partners', 'parcels', 'charged', 'how it is treated'];

/** The rows as a table; as many as fit, those first in which something may still happen. */
export function drawnLive(rows: readonly Row[], fitting: number): string {
  const rank = ({ order }: Row) => (order && !isOver(order) ? 0 : 1);
  const chosen = rows.toSorted((one, other) => rank(one) - rank(other)).slice(0, fitting);
  const table = new Table({ ...plain, head: HEAD });
  const count = (order: Shown) => String(parcelsOf(order).length || '');
  for (const row of chosen) table.push(cellsOf(row, count));
  return table.toString();
}

/** Every order with the tracking numbers of its parcels. */
export function drawnInTheEnd(rows: readonly Row[]): string {
  const table = new Table({ ...plain, head: HEAD });
  const numbers = (order: Shown) =>
    parcelsOf(order)
      .map(({ tracking }) => tracking?.number)
      .join('\n');
  for (const row of rows) table.push(cellsOf(row, numbers));
  return table.toString();
}

/** A run so far, in one line. */
export function summary(rows: readonly Row[]): string {
  const placed = rows.flatMap(({ order }) => order ?? []);
  const parcels = placed.flatMap(parcelsOf);
  return (
    `${placed.length} of ${rows.length} placed, ${placed.filter(isOver).length} complete, ` +
    plural(parcels.length, 'parcel')
  );
}

/** One order that has just come to its end, in one line. */
export function ended({ planned, order }: Required<Row>): string {
  const special = specialOf(planned);
  const parcels = parcelsOf(order).map(({ tracking }) => tracking?.number);
  const what = `${order.status}, ${plural(parcels.length, 'parcel')} (${parcels.join(', ')})`;
  return `${planned.number} ${what}${special === '' ? '' : `; ${special}`}`;
}

/** The findings, each with its verdict, and below what does not add up. */
export function drawnAudit(findings: readonly Finding[]): string {
  const table = new Table({ ...plain, head: ['audit', 'figures', ''] });
  for (const { about, figures, faults } of findings) {
    const verdict = faults.length === 0 ? 'adds up' : 'DOES NOT ADD UP';
    table.push([about, figures.replaceAll('; ', '\n'), verdict]);
  }
  const faults = findings.flatMap(({ about, faults: each }) => each.map((f) => `${about}: ${f}`));
  const end =
    faults.length === 0
      ? ['Everything adds up.']
      : ['It does not add up:', ...faults.map((fault) => `- ${fault}`)];
  return [table.toString(), ...end].join('\n');
}
