import { isDeepStrictEqual } from 'node:util';
import type { Effect } from '../../machines/effects';
import type { OrderEvent } from '../../machines/events';
import type { Fact } from '../../machines/facts';
import { typesMeaning } from '../../machines/fulfilment/units';
import { balanceOf } from '../../machines/payment/balance';
import { typeOf } from '../../machines/payment/scope';
import { awaitedUnits } from '../../machines/returns/counts';
import { eachLine, passed, type OrderState, type PaymentState } from '../../machines/state';
import { step, type Orders, type Step } from '../../machines/step';
import type { MovementKind, Shop } from '../../machines/table';

function asJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function add(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

function pending({ context }: OrderState, kind: MovementKind, payment?: string): number {
  const movements = context.movements.filter(
    (each) => each.kind === kind && (payment ?? each.payment) === each.payment,
  );
  return add(movements.map(({ amount }) => amount));
}

function paymentBreaches(state: OrderState, payment: PaymentState): string[] {
  const { id, authorised, captured, refunded, voided } = payment;
  const leaving = pending(state, 'capture', id) + pending(state, 'void', id);
  const returning = pending(state, 'refund', id);
  const figures = [authorised, captured, refunded, voided];
  return [
    figures.every((figure) => Number.isSafeInteger(figure) && figure >= 0) || 'whole figures',
    captured + voided + leaving <= authorised || 'captured and voided within authorised',
    refunded + returning <= captured || 'refunded within captured',
  ].flatMap((breach) => (breach === true ? [] : [`${id}: ${breach}`]));
}

function lineBreaches(shop: Shop, state: OrderState): string[] {
  return eachLine(state.context).flatMap(
    ({ agreed: { id, quantity, trackStock }, state: line }) => {
      const units = (meaning: 'dispatched' | 'cancelled' | 'returned') =>
        add(typesMeaning(shop, meaning).map((type) => passed(line, type)));
      const settled = passed(line, typeOf(shop, 'capture'));
      const counts = Object.values(line.passed);
      return [
        counts.every((n) => Number.isInteger(n) && n >= 0 && n <= quantity) ||
          'counts within units',
        units('dispatched') + units('cancelled') <= quantity || 'each unit leaves or is cancelled',
        units('returned') <= units('dispatched') || 'what comes back has left',
        passed(line, typeOf(shop, 'refund')) <= settled || 'units refunded were settled',
        (line.allocated >= 0 && line.consumed >= 0) || 'stock counts from 0',
        line.restocked <= line.consumed || 'what comes back to the shelf had left it',
        line.allocated + line.consumed <= (trackStock ? quantity : 0) || 'stock within units',
      ].flatMap((breach) => (breach === true ? [] : [`line ${id}: ${breach}`]));
    },
  );
}

function phaseBreaches({ value, context }: OrderState): string[] {
  const [head] = context.movements;
  const phases = {
    authorise: 'authorising',
    capture: 'capturing',
    refund: 'refunding',
    void: 'voiding',
  };
  const awaited = head?.askAt === undefined ? head && phases[head.kind] : 'outcome unknown';
  return [
    value.payment === (awaited ?? 'idle') || `${value.payment}, but ${awaited ?? 'nothing'} waits`,
    (value.hold === 'held') === (context.hold !== null) || 'held, but by nobody',
  ].filter((breach) => breach !== true);
}

/** What comes back had left, is counted once, and gets back no more than its decisions say. */
function returnBreaches(shop: Shop, { context }: OrderState): string[] {
  const lines = eachLine(context).flatMap(({ agreed: { id }, state: line }) => {
    const units = (meaning: 'dispatched' | 'returned') =>
      add(typesMeaning(shop, meaning).map((type) => passed(line, type)));
    const parts = context.returns.flatMap((each) => each.lines.filter((part) => part.id === id));
    const came = add(parts.map(({ good, damaged }) => good + damaged));
    return [
      units('returned') + awaitedUnits(context, id) <= units('dispatched') ||
        'no more is awaited than is out there',
      came <= units('returned') || 'what a return received came back',
      add(parts.map(({ restocked }) => restocked)) <= line.restocked || 'shelves know of it',
    ].flatMap((breach) => (breach === true ? [] : [`line ${id}: ${breach}`]));
  });
  const returns = context.returns.flatMap((each) => {
    const counts = each.lines.flatMap(({ good, damaged, givenUp, restocked, quantity }) => [
      good + damaged + givenUp <= quantity || 'more came than was asked back',
      restocked <= good || 'damaged goods on the shelf',
    ]);
    const refunds = each.refunds.flatMap(({ amount, moved, byHand, outcome }) => [
      (amount >= 0 && moved >= 0 && byHand >= 0) || 'amounts from 0',
      moved + byHand <= amount || 'more went back than was granted',
      outcome !== 'done' || (moved === amount && byHand === 0) || 'done, but not all went back',
    ]);
    return [...counts, ...refunds].flatMap((breach) =>
      breach === true ? [] : [`return ${each.id}: ${breach}`],
    );
  });
  return [...lines, ...returns];
}

/** What a state breaks of what always holds; a sound one breaks nothing. */
export function breachesOf(shop: Shop, state: OrderState): string[] {
  const { context } = state;
  if (!context.placement) return [];
  const { owed, captured } = balanceOf(shop, context);
  const capturing = pending(state, 'capture');
  return [
    ...context.payments.flatMap((payment) => paymentBreaches(state, payment)),
    ...lineBreaches(shop, state),
    ...returnBreaches(shop, state),
    ...phaseBreaches(state),
    ...(capturing > 0 && captured + capturing > owed ? ['more is captured than is owed'] : []),
  ];
}

/** Freezes all the way down, so that whoever changes what it was only shown is found out. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** Money that came in outside is a fact, also beyond what is owed. */
function comesFromOutside(event: OrderEvent): boolean {
  if (event.type === 'confirm-payment') return true;
  return event.type === 'record-payment-event' && event.overpaid === true;
}

/** An order followed from its first event: every step is checked against what always holds. */
export class Watched {
  readonly accepted: OrderEvent[] = [];
  private readonly moved = new Map<string, number>();
  private readonly stock = new Map<string, number>();
  private readonly statuses = new Map<string, string>();
  private readonly keys = new Map<string, string>();

  constructor(
    readonly orders: Orders,
    public state: OrderState,
  ) {
    frozen(state);
  }

  /** Decides an event and follows it; throws on the first breach. */
  take(event: OrderEvent): Step {
    const decided = step(this.orders, this.state, event);
    const again = step(this.orders, asJson(this.state), event);
    const breaches = [
      isDeepStrictEqual(asJson(again), asJson(decided)) || 'stored and read, it decides otherwise',
    ].filter((breach) => breach !== true);
    if (decided.outcome === 'accepted') {
      const before = this.state;
      this.state = frozen(decided.state);
      this.accepted.push(event);
      decided.facts.forEach((fact) => breaches.push(...this.follow(fact)));
      breaches.push(
        ...breachesOf(this.orders.shop, this.state),
        ...this.ledgerBreaches(),
        ...(comesFromOutside(event) ? [] : this.captureBreaches(before)),
        ...decided.effects.flatMap((effect) => this.effectBreaches(effect)),
        ...(decided.effects.length > 1 ? ['two effects at once'] : []),
      );
    }
    if (breaches.length > 0) {
      throw new Error(`${JSON.stringify(event)}\n${breaches.join('\n')}\n${this.shown()}`);
    }
    return decided;
  }

  private follow(fact: Fact): string[] {
    const change = (counts: Map<string, number>, key: string, by: number) =>
      void counts.set(key, (counts.get(key) ?? 0) + by);
    if (fact.type === 'stock') {
      for (const { id, quantity } of fact.lines) {
        change(this.stock, `${id} ${fact.move}`, quantity);
        if (quantity <= 0) return [`${fact.move} of ${quantity}`];
      }
    }
    if (fact.type === 'payment-event') {
      change(this.moved, `${fact.payment} ${fact.kind}`, fact.amount);
      if (fact.amount <= 0) return [`${fact.event} of ${fact.amount}`];
    }
    if (fact.type !== 'order-status' && fact.type !== 'line-status') return [];
    const [name, initial] =
      fact.type === 'order-status' ? ['order', null] : [fact.line, this.orders.shop.lines.initial];
    const present = this.statuses.get(name) ?? initial;
    this.statuses.set(name, fact.to);
    if (fact.from !== present) return [`${name} was ${present}, not ${fact.from}`];
    return fact.from === fact.to ? [`${name} moves from ${fact.from} to itself`] : [];
  }

  /** The facts tell the whole story: their sums are the state's figures. */
  private ledgerBreaches(): string[] {
    const { context, value } = this.state;
    const money = context.payments.flatMap(({ id, captured, refunded, voided }) => {
      const told = (kind: MovementKind) => this.moved.get(`${id} ${kind}`) ?? 0;
      const same =
        told('capture') === captured && told('refund') === refunded && told('void') === voided;
      return same ? [] : [`${id}: the facts add up to another amount`];
    });
    const stock = context.lines.flatMap(({ id, allocated, consumed, restocked }) => {
      const told = (move: string) => this.stock.get(`${id} ${move}`) ?? 0;
      const held = told('allocate') - told('consume') - told('release');
      return held === allocated && told('consume') === consumed && told('restock') === restocked
        ? []
        : [`line ${id}: ${held} held by the facts, ${allocated} allocated`];
    });
    const lines = context.lines.flatMap(({ id, status }) =>
      (this.statuses.get(id) ?? status) === status
        ? []
        : [`line ${id}: its history ends elsewhere`],
    );
    const placed = this.statuses.get('order');
    const order =
      placed !== undefined && placed !== value.status ? ['the history ends elsewhere'] : [];
    return [...money, ...stock, ...lines, ...order];
  }

  /** Whoever takes money takes no more than what is owed then. */
  private captureBreaches(before: OrderState): string[] {
    const captured = ({ context }: OrderState) =>
      add(context.payments.map((each) => each.captured));
    if (captured(this.state) <= captured(before)) return [];
    const { owed } = balanceOf(this.orders.shop, this.state.context);
    return captured(this.state) > owed ? ['captured beyond what is owed'] : [];
  }

  private effectBreaches(effect: Effect): string[] {
    const head = this.state.context.movements[0];
    const { type, ...money } = effect;
    const said = JSON.stringify(money);
    const before = this.keys.get(effect.key) ?? said;
    this.keys.set(effect.key, said);
    return [
      head?.key === effect.key || 'an effect for money that is not next',
      before === said || 'one key, two movements',
      effect.amount > 0 || 'an effect that moves nothing',
      type === 'settle-money' ||
        this.state.value.payment !== 'outcome unknown' ||
        'sent while unknown',
    ].filter((breach) => breach !== true);
  }

  private shown(): string {
    const events = this.accepted.map((event) => JSON.stringify(event)).join('\n');
    return `${JSON.stringify(this.state)}\nafter\n${events}`;
  }
}
