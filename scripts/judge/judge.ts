import { sum } from '../../machines/money';
import type { OrderView } from '../../machines/views/order';
import type { Life, Lived } from '../lives/life';
import { judgeAnswers } from './answers';
import type { Difference, Evidence } from './evidence';
import { grouped } from './grouped';
import { judgeStock } from './stock';

/** What is known of one order, on both sides. */
interface Case {
  readonly life: Life;
  readonly order?: OrderView;
  readonly gateway: Evidence['gateway'];
  readonly ledger: Evidence['ledger'];
  readonly calls: Evidence['calls'];
  readonly commands: Evidence['commands'];
  readonly events: Evidence['events'];
}

const gatewayKinds = {
  authorise: 'authorisation',
  capture: 'capture',
  refund: 'refund',
  void: 'void',
} as const;

/** One movement in words that both sides share. */
const inWords = (kind: string, amount: number, currency: string, key: string | null) =>
  `${kind} of ${amount} ${currency} under ${key}`;

/** What is in one list and not in the other; a thing that is there twice must be there twice. */
function beyond(these: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return these.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function twice(all: readonly string[]): string[] {
  return [...new Set(all.filter((each, index) => all.indexOf(each) !== index))];
}

/**
 * Holds that were given up again before the order was placed: a try at placing that was withdrawn leaves
 * no order behind. They are no difference as long as each hold has its void and nothing was captured.
 */
function withdrawnFaults(extra: Evidence['gateway'], calls: Evidence['calls']): string[] {
  const told = (kind: string) =>
    extra.filter((entry) => entry.kind === kind).map(({ amount }) => String(amount));
  const known = calls.filter(({ status }) => status === 'moved').map(({ key }) => key);
  return [
    ...extra
      .filter(({ kind, key }) => kind === 'capture' || kind === 'refund' || !known.includes(key))
      .map(({ kind, amount, currency, key }) => inWords(kind, amount, currency, key)),
    ...beyond(told('authorisation'), told('void')).map((amount) => `a hold of ${amount}, not void`),
    ...beyond(told('void'), told('authorisation')).map((amount) => `a void of ${amount}, not held`),
  ].map((what) => `only the gateway has ${what}`);
}

/** Let go of by a capture: it has no key, and no line in the gateway's ledger. */
function isLetGo({ kind, key }: Evidence['ledger'][number]): boolean {
  return kind === 'void' && key === null;
}

function letGo(ledger: Evidence['ledger']): number {
  return sum(ledger.filter(isLetGo).map(({ amount }) => amount));
}

/** Each movement once, on both sides, under its key. */
function movementFaults({ gateway, ledger, calls }: Case): string[] {
  const ours = ledger
    .filter((row) => !isLetGo(row))
    .map(({ kind, amount, currency, key }) => inWords(gatewayKinds[kind], amount, currency, key));
  const theirs = gateway.map(({ kind, amount, currency, key }) =>
    inWords(kind, amount, currency, key),
  );
  const extra = gateway.filter(({ kind, amount, currency, key }) =>
    beyond(theirs, ours).includes(inWords(kind, amount, currency, key)),
  );
  return [
    ...beyond(ours, theirs).map((each) => `only our ledger has ${each}`),
    ...withdrawnFaults(extra, calls),
    ...twice(gateway.map(({ key }) => key)).map((key) => `the gateway moved twice under ${key}`),
    ...calls
      .filter(({ status }) => status === 'sent')
      .map(({ key }) => `nobody knows what became of ${key}`),
  ];
}

/** The order's own figures are the sums of what the gateway moved. */
function sumFaults({ order, gateway, ledger }: Case): string[] {
  if (!order) return [];
  const keys = new Set(ledger.map(({ key }) => key));
  const moved = (kind: string) =>
    sum(
      gateway
        .filter((entry) => entry.kind === kind && keys.has(entry.key))
        .map(({ amount }) => amount),
    );
  const { payment } = order;
  const { authorised, captured, refunded, voided, owed, pending } = payment;
  const figures = [
    ['authorised', authorised, moved('authorisation')],
    ['captured', captured, moved('capture')],
    ['refunded', refunded, moved('refund')],
    ['voided', voided, moved('void') + letGo(ledger)],
    ['pending', pending, 0],
  ] as const;
  return [
    ...figures
      .filter(([, says, is]) => says !== is)
      .map(([name, says, is]) => `the order says ${says} ${name}, the gateway ${is}`),
    ...(captured - refunded > owed ? [`${captured - refunded} is kept, and ${owed} is owed`] : []),
    ...(captured > order.total.inclTax ? [`${captured} captured of ${order.total.inclTax}`] : []),
    ...(payment.status === 'outcome unknown' ? ['its payment is of unknown outcome'] : []),
  ];
}

/** What the life was to come to is what came. */
function endingFaults({ life, order, gateway, ledger }: Case): string[] {
  const { ending } = life;
  if (!ending) return order ? [`it was to be declined, and is ${order.status}`] : [];
  if (!order) return ['it was to be placed, and is not there'];
  const keys = new Set(ledger.map(({ key }) => key));
  const moved = gateway
    .filter(({ key }) => keys.has(key))
    .map(({ kind, amount }) => `${kind} ${amount}`);
  const [wanted, came] = [ending.movements.join(', '), moved.join(', ')];
  const lines = ending.lines.flatMap(({ id, quantity, shipped, cancelled }) => {
    const counts = order.lines.find((line) => line.id === id)?.quantities ?? {};
    const expected = {
      ...{ shipped, consumed: shipped, cancelled },
      allocated: quantity - shipped - cancelled,
    };
    return Object.entries(expected)
      .filter(([name, count]) => (counts[name] ?? 0) !== count)
      .map(([name, count]) => `line ${id} has ${counts[name]} ${name}, not ${count}`);
  });
  return [
    ...(order.status === ending.status ? [] : [`it is ${order.status}, not ${ending.status}`]),
    ...(letGo(ledger) === ending.letGo
      ? []
      : [`${letGo(ledger)} was let go of by captures, not ${ending.letGo}`]),
    ...(wanted === came ? [] : [`the gateway moved ${came}; it was to move ${wanted}`]),
    ...lines,
  ];
}

/** The history counts from 1 without a gap, and no event is in it twice. */
function historyFaults({ order, events, commands }: Case): string[] {
  if (!order) return [];
  const gap = events.findIndex(({ seq }, index) => seq !== index + 1);
  return [
    ...(gap >= 0 ? [`its history has ${events[gap]?.seq} where ${gap + 1} belongs`] : []),
    ...(events.length === order.seq
      ? []
      : [`its history ends at ${events.length}, not ${order.seq}`]),
    ...twice(events.map(({ id }) => id)).map((id) => `its history has event ${id} twice`),
    ...commands
      .filter(({ outcome }) => outcome === 'pending')
      .map(({ id }) => `command ${id} has no final outcome`),
  ];
}

/** Every difference between what was wanted, what was said and what happened; none when all is right. */
export function judge(
  lives: readonly Life[],
  lived: readonly Lived[],
  evidence: Evidence,
): Difference[] {
  const of = {
    gateway: grouped(evidence.gateway),
    ledger: grouped(evidence.ledger),
    calls: grouped(evidence.calls),
    commands: grouped(evidence.commands),
    events: grouped(evidence.events),
  };
  const answers = new Map(lived.map((each) => [each.number, each]));
  const known = new Set(lives.map(({ number }) => number));
  const strangers = [...of.gateway.keys(), ...of.ledger.keys()].filter((each) => !known.has(each));
  return [
    ...lives.flatMap((life) => {
      const { number } = life;
      const matter: Case = {
        life,
        order: evidence.orders.get(number),
        gateway: of.gateway.get(number) ?? [],
        ledger: of.ledger.get(number) ?? [],
        calls: of.calls.get(number) ?? [],
        commands: of.commands.get(number) ?? [],
        events: of.events.get(number) ?? [],
      };
      return [
        ...judgeAnswers(life, answers.get(number)),
        ...movementFaults(matter),
        ...sumFaults(matter),
        ...endingFaults(matter),
        ...historyFaults(matter),
      ].map((what) => ({ of: number, what }));
    }),
    ...[...new Set(strangers)].map((of) => ({ of, what: 'money moved for an order of nobody' })),
    ...judgeStock(lives, evidence),
  ];
}
