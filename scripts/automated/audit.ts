import { sum, written } from '../../machines/money';
import type { Difference } from '../judge/evidence';
import type { Evidence, Logged, PartnerEvidence } from './evidence';
import { ON_EACH_SHELF } from './goods';
import type { Planned } from './orders';
import { plural } from './plural';
import { isOver, parcelsOf, type Shown } from './reading';

/** One thing that has to add up: its figures, and what does not; nothing where it does. */
export interface Finding {
  readonly about: string;
  readonly figures: string;
  readonly faults: readonly string[];
}

const listed = (counts: readonly (readonly [number, string])[]) =>
  counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => plural(count, word))
    .join(', ');

/** What is in one list and not in the other. */
const missing = (these: readonly string[], others: readonly string[]) => {
  const known = new Set(others);
  return these.filter((each) => !known.has(each));
};
const twice = (all: readonly string[]) => [
  ...new Set(all.filter((each, index) => all.indexOf(each) !== index)),
];

const dispatchedOf = ({ lines }: Shown) => sum(lines.map(({ units }) => units.dispatched));

function ordersFinding(planned: readonly Planned[], { orders }: Evidence): Finding {
  const units = orders.flatMap(({ number, lines }) =>
    lines.map(({ id, quantity, units: { dispatched, cancelled } }) => ({
      ...{ of: `${number}/${id}`, quantity, dispatched, cancelled },
    })),
  );
  const total = (name: 'quantity' | 'dispatched' | 'cancelled') =>
    sum(units.map((each) => each[name]));
  const ends = orders.map(({ status }) => status);
  const at = (status: string) => ends.filter((each) => each === status).length;
  return {
    about: 'orders',
    figures:
      `${planned.length} placed: ${at('Delivered')} delivered, ${at('Dropped')} dropped; ` +
      `${plural(total('quantity'), 'unit')}: ${total('dispatched')} sent, ${total('cancelled')} cancelled`,
    faults: [
      ...orders
        .filter((order) => !isOver(order))
        .map(({ number, status }) => `${number} is still ${status}`),
      ...units
        .filter(({ quantity, dispatched, cancelled }) => dispatched + cancelled !== quantity)
        .map(({ of, quantity, dispatched, cancelled }) => {
          return `${of}: ${quantity} ordered, ${dispatched} sent and ${cancelled} cancelled`;
        }),
    ],
  };
}

const ids = (log: readonly Logged[]) => log.map(({ id }) => id);

/** What we sent is what the partner has, each once, however often it arrived. */
function lettersFinding({ code, book, log }: PartnerEvidence): Finding {
  const sent = log.filter(({ direction }) => direction === 'out');
  const has = book.told.map(({ letter: { id } }) => id);
  const of = (type: string) => sent.filter((each) => each.type === type).length;
  const { letterRepetitions, unsignedLetters } = book.figures;
  return {
    about: `letters to ${code}`,
    figures: [
      `${plural(sent.length, 'letter')} sent: ${listed([
        [of('order'), 'order'],
        [of('cancellation'), 'cancellation'],
        [of('reminder'), 'reminder'],
      ])}`,
      `${has.length} received, ${letterRepetitions} repetitions`,
    ].join('; '),
    faults: [
      ...missing(ids(sent), has).map((id) => `${id} never reached ${code}`),
      ...missing(has, ids(sent)).map((id) => `${code} has ${id}, which we never sent`),
      ...(unsignedLetters > 0 ? [`${unsignedLetters} letters were not signed as they should`] : []),
      ...sent
        .filter(({ status }) => status === 'waiting')
        .map(({ id }) => `${id} is still under way`),
    ],
  };
}

/** What the partner said is what we have, each once, and every refusal stands in its order's history. */
function messagesFinding({ code, book, log }: PartnerEvidence): Finding {
  const heard = log.filter(({ direction }) => direction === 'in');
  const said = book.said.map(({ message: { id } }) => id);
  const by = (status: string) => heard.filter((each) => each.status === status);
  const answers = book.said.flatMap((each) => each.answers);
  const unsigned = answers.filter((each) => each === 401).length;
  const away = answers.filter((each) => typeof each === 'string' || each >= 500).length;
  return {
    about: `messages from ${code}`,
    figures: [
      `${plural(said.length, 'message')} said`,
      `${heard.length} received, ${sum(heard.map(({ repeated }) => repeated))} repetitions`,
      `${by('done').length} done, ${by('refused').length} refused`,
      ...(unsigned > 0 ? [`${unsigned} attempts with a wrong signature`] : []),
      ...(away > 0 ? [`${away} attempts while nobody answered`] : []),
    ].join('; '),
    faults: [
      ...(book.figures.working > 0 ? [`${code} still has ${book.figures.working} in hand`] : []),
      ...missing(said, ids(heard)).map((id) => `${id} never reached us`),
      ...missing(ids(heard), said).map((id) => `we have ${id}, which ${code} never said`),
      ...twice(ids(heard)).map((id) => `${id} is in our log twice`),
      ...[...by('waiting'), ...by('parked')].map(({ id, why }) => `${id} is not settled: ${why}`),
      ...by('refused')
        .filter(({ seq }) => seq === null)
        .map(({ id, why }) => `${id} was refused where nobody sees it: ${why}`),
    ],
  };
}

/** A parcel is what its partner said, is in its order once, and was told to the customer once. */
function parcelsFinding({ orders, partners, messages }: Evidence): Finding {
  const done = new Set(
    partners.flatMap(({ log }) => ids(log.filter(({ status }) => status === 'done'))),
  );
  const shipped = partners
    .flatMap(({ book }) => book.said.map(({ message }) => message))
    .filter(({ type, id }) => type === 'shipped' && done.has(id));
  const said = shipped.map(({ order, tracking }) => `${order} ${tracking?.number}`);
  const unitsSaid = (number: string) =>
    sum(
      shipped
        .filter(({ order }) => order === number)
        .flatMap(({ lines = [] }) => lines.map(({ quantity }) => quantity)),
    );
  const ours = orders.flatMap((order) =>
    parcelsOf(order).map(({ tracking }) => `${order.number} ${tracking?.number}`),
  );
  const told = (number: string) =>
    (messages.get(number) ?? []).filter(({ kind }) => kind === 'parcel-sent').length;
  return {
    about: 'parcels',
    figures:
      `${said.length} said by partners; ${ours.length} in orders; ` +
      `${plural(sum(orders.map(({ number }) => told(number))), 'message')} to customers`,
    faults: [
      ...missing(said, ours).map((parcel) => `parcel ${parcel} is in no order`),
      ...missing(ours, said).map((parcel) => `nobody sent parcel ${parcel}`),
      ...twice(ours).map((parcel) => `parcel ${parcel} is there twice`),
      ...orders
        .filter((order) => unitsSaid(order.number) !== dispatchedOf(order))
        .map((order) => {
          const { number } = order;
          return `${number}: ${unitsSaid(number)} units left partners, ${dispatchedOf(order)} are known`;
        }),
      ...orders
        .filter((order) => told(order.number) !== parcelsOf(order).length)
        .map((order) => {
          const parcels = plural(parcelsOf(order).length, 'parcel');
          return `${order.number}: ${told(order.number)} messages for ${parcels}`;
        }),
    ],
  };
}

/** What the gateway moved is the price of what was sent, and nothing is held any more. */
function chargesFinding({ orders, gateway }: Evidence): Finding {
  const captures = gateway.filter(({ kind }) => kind === 'capture');
  const moved = (number: string) =>
    sum(captures.filter(({ order }) => order === number).map(({ amount }) => amount));
  const price = ({ lines }: Shown) =>
    sum(lines.map(({ units, unitPrice }) => units.dispatched * unitPrice.inclTax));
  return {
    about: 'charges',
    figures:
      `${captures.length} captures in the gateway’s ledger, ` +
      `${written(sum(captures.map(({ amount }) => amount)), 'GBP')} in all; ` +
      `the price of ${sum(orders.map(dispatchedOf))} units is ${written(sum(orders.map(price)), 'GBP')}`,
    faults: [
      ...twice(gateway.map(({ key }) => key)).map((key) => `the gateway moved twice under ${key}`),
      ...orders
        .filter((order) => moved(order.number) !== price(order))
        .map((order) => {
          return `${order.number}: ${moved(order.number)} charged, ${price(order)} was sent`;
        }),
      ...orders
        .filter(({ number, payment }) => moved(number) !== payment.captured)
        .map(({ number, payment }) => {
          return `${number}: the order says ${payment.captured}, the gateway ${moved(number)}`;
        }),
      ...orders
        .filter(({ payment }) => payment.held + payment.pending > 0)
        .map(({ number, payment }) => `${number}: ${payment.held} is still held`),
    ],
  };
}

/** What was on a shelf, less what was sent of it, is there still. */
function stockFinding({ orders, shelves }: Evidence): Finding[] {
  return shelves.map(({ sku, inStock, allocated, changes }): Finding => {
    const lines = orders.flatMap((order) => order.lines).filter((line) => line.sku === sku);
    const sent = sum(lines.map(({ units }) => units.dispatched));
    const byLedger = sum(changes.map(({ inStockDelta }) => inStockDelta));
    const left = ON_EACH_SHELF - sent;
    return {
      about: `stock of ${sku}`,
      figures: `${ON_EACH_SHELF} before, ${sent} sent; ${inStock} after, ${allocated} allocated`,
      faults: [
        ...(inStock === left ? [] : [`${left} should be there`]),
        ...(byLedger === inStock ? [] : [`its ledger adds up to ${byLedger}`]),
        ...(allocated === 0 ? [] : [`${allocated} are held for nobody`]),
      ],
    };
  });
}

/** What our own books say of each other. */
export function booksFinding(differences: readonly Difference[]): Finding {
  return {
    about: 'our own books',
    figures: '`npm run reconcile`: orders, money, stock and messages, each against the others',
    faults: differences.map(({ of, what }) => `${of}: ${what}`),
  };
}

/** Holds what everybody knows against what everybody else knows. */
export function audit(planned: readonly Planned[], evidence: Evidence): Finding[] {
  return [
    ordersFinding(planned, evidence),
    ...evidence.partners.flatMap((each) => [lettersFinding(each), messagesFinding(each)]),
    parcelsFinding(evidence),
    chargesFinding(evidence),
    ...stockFinding(evidence),
  ];
}
