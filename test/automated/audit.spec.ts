import { describe, expect, it } from '@jest/globals';
import { audit, booksFinding } from '../../scripts/automated/audit';
import { drawnAudit } from '../../scripts/automated/drawing';
import type { Evidence, Logged, PartnerEvidence } from '../../scripts/automated/evidence';
import type { Shown } from '../../scripts/automated/reading';
import { quietWorld } from './world';

type Changes = (evidence: Evidence) => Partial<Evidence>;

/** What the audit finds when something is otherwise than in a world where everything adds up. */
function faultsOf(changes: Changes): string[] {
  const { planned, evidence } = quietWorld();
  const findings = audit(planned, { ...evidence, ...changes(evidence) });
  return findings.flatMap(({ about, faults }) => faults.map((fault) => `${about}: ${fault}`));
}

const [first, ...others] = quietWorld().evidence.orders as [Shown, ...Shown[]];
const ofFirst = <Row extends { order: string }>(
  rows: readonly Row[],
  change: (row: Row) => Row[],
) => rows.flatMap((row) => (row.order === first.number ? change(row) : [row]));
const inBook =
  (change: (partner: PartnerEvidence) => Partial<PartnerEvidence>): Changes =>
  ({ partners }) => ({ partners: partners.map((each) => ({ ...each, ...change(each) })) });
const inLog = (change: (row: Logged) => Logged[]) =>
  inBook(({ log }) => ({ log: ofFirst(log, change) }));

describe('the audit of an automated run', () => {
  it('finds nothing where everything adds up, and says so', () => {
    const { planned, evidence } = quietWorld();
    const findings = [...audit(planned, evidence), booksFinding([])];
    expect(findings.flatMap(({ faults }) => faults)).toEqual([]);
    const page = drawnAudit(findings);
    expect(page).toContain('6 placed: 6 delivered');
    expect(page).toContain('Everything adds up.');
  });

  it.each<[string, Changes, RegExp]>([
    [
      'an order that is not complete',
      () => ({ orders: [{ ...first, availableStatuses: ['Delivered'] }, ...others] }),
      /orders: A-001 is still Delivered/,
    ],
    [
      'a unit that was neither sent nor cancelled',
      ({ orders }) => ({
        orders: orders.map((order) => ({
          ...order,
          lines: order.lines.map((line) => ({
            ...line,
            quantity: line.quantity + (order === orders[0] ? 1 : 0),
          })),
        })),
      }),
      /orders: A-001\/A: \d ordered, \d sent and 0 cancelled/,
    ],
    [
      'a letter that never arrived',
      inBook(({ book }) => ({ book: { ...book, told: book.told.slice(1) } })),
      /letters to lumen: letter-A-001 never reached lumen/,
    ],
    [
      'a letter that nobody wrote',
      inLog((row) => (row.direction === 'out' ? [] : [row])),
      /lumen has letter-A-001, which we never sent/,
    ],
    [
      'a message that was lost',
      inLog((row) => (row.direction === 'in' ? [] : [row])),
      /messages from lumen: said-A-001 never reached us/,
    ],
    [
      'a message that still waits',
      inLog((row) => [{ ...row, status: row.direction === 'in' ? 'parked' : row.status }]),
      /said-A-001 is not settled/,
    ],
    [
      'a refusal that no order shows',
      inLog((row) => [
        row.direction === 'in' ? { ...row, status: 'refused', seq: null, why: 'Unknown.' } : row,
      ]),
      /said-A-001 was refused where nobody sees it: Unknown\./,
    ],
    [
      'a partner that still works',
      inBook(({ book }) => ({ book: { ...book, figures: { ...book.figures, working: 2 } } })),
      /lumen still has 2 in hand/,
    ],
    [
      'a parcel that is recorded twice',
      () => ({
        orders: [{ ...first, shipments: [...first.shipments, ...first.shipments] }, ...others],
      }),
      /parcels: parcel A-001 T-A-001 is there twice/,
    ],
    [
      'a parcel that nobody recorded',
      () => ({ orders: [{ ...first, shipments: [] }, ...others] }),
      /parcels: parcel A-001 T-A-001 is in no order/,
    ],
    [
      'a customer who was told twice',
      ({ messages }) => {
        const told = messages.get(first.number) ?? [];
        return { messages: new Map([...messages, [first.number, [...told, ...told]]]) };
      },
      /parcels: A-001: 2 messages for 1 parcel/,
    ],
    [
      'a card that was charged twice',
      ({ gateway }) => ({ gateway: ofFirst(gateway, (entry) => [entry, entry]) }),
      /charges: the gateway moved twice under A-001\/1/,
    ],
    [
      'a charge that is not the price of what was sent',
      ({ gateway }) => ({
        gateway: ofFirst(gateway, (entry) => [{ ...entry, amount: entry.amount + 1 }]),
      }),
      /charges: A-001: \d+ charged, \d+ was sent/,
    ],
    [
      'a unit that came from nowhere',
      ({ shelves }) => ({
        shelves: shelves.map((shelf) => ({ ...shelf, inStock: shelf.inStock + 1 })),
      }),
      /stock of BULB-1: \d+ should be there/,
    ],
    [
      'a unit that is held for nobody',
      ({ shelves }) => ({ shelves: shelves.map((shelf) => ({ ...shelf, allocated: 1 })) }),
      /stock of RUG-5: 1 are held for nobody/,
    ],
  ])('finds %s', (_, changes, fault) => {
    expect(faultsOf(changes).join('\n')).toMatch(fault);
  });

  it('finds what our own books do not agree on, and says that it does not add up', () => {
    const finding = booksFinding([{ of: 'A-001', what: 'a line is missing' }]);
    expect(drawnAudit([finding])).toContain('our own books: A-001: a line is missing');
    expect(drawnAudit([finding])).toContain('DOES NOT ADD UP');
  });
});
