import fc from 'fast-check';
import { dueOf } from '../../machines/deciding/due';
import type {
  Command,
  OrderEvent,
  PlacedLine,
  PlacedPayment,
  Placement,
} from '../../machines/events';
import type { Capabilities } from '../../machines/payment/capabilities';
import type { OrderState } from '../../machines/state';
import type { Shop } from '../../machines/table';
import { aLine, anOrder, declined, moved, noon, unknown, unreachable } from './support';

const price = fc.integer({ min: 0, max: 5000 }).map((inclTax) => ({ exclTax: inclTax, inclTax }));

const line: fc.Arbitrary<Omit<PlacedLine, 'id'>> = fc
  .record({
    parts: fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), price), {
      minLength: 1,
      maxLength: 2,
    }),
    kind: fc.constantFrom('physical', 'digital'),
    trackStock: fc.boolean(),
  })
  .map(({ parts, kind, trackStock }) => {
    const priceBreakdown = parts.map(([quantity, each]) => ({ quantity, ...each }));
    const quantity = priceBreakdown.reduce((sum, part) => sum + part.quantity, 0);
    const unitPrice = priceBreakdown[0] ?? { exclTax: 0, inclTax: 0 };
    return aLine({ quantity, unitPrice, priceBreakdown, kind, trackStock });
  });

/** Any order the shop takes: up to 3 lines, A to C, with charges, discounts and several payments. */
export function anyPlacement(status: string): fc.Arbitrary<Placement> {
  return fc
    .record({
      lines: fc.array(line, { minLength: 1, maxLength: 3 }),
      shipping: fc.option(fc.integer({ min: 0, max: 900 })),
      surcharge: fc.option(fc.integer({ min: 0, max: 300 })),
      discount: fc.integer({ min: 0, max: 100 }),
      payments: fc.array(
        fc.tuple(fc.constantFrom('card', 'offline', 'elsewhere'), fc.integer({ min: 1, max: 100 })),
        { maxLength: 3 },
      ),
      email: fc.boolean(),
      currency: fc.constantFrom('GBP', 'JPY', 'KWD'),
    })
    .map(({ lines, shipping, surcharge, discount, payments, email, currency }) => {
      const draft = anOrder({
        status,
        currency,
        customer: email ? { email: 'ada@example.com' } : {},
        lines: lines.map((each, index) => ({ ...each, id: 'ABC'.charAt(index) })),
        surcharges: surcharge === null ? [] : [charge('wrapping', surcharge)],
        ...(shipping !== null && { shipping: charge('standard', shipping) }),
      });
      const units = anOrder({ lines: draft.lines }).total.inclTax;
      const off = Math.floor((units * discount) / 100);
      const { total, ...rest } = draft;
      const placement = anOrder({
        ...rest,
        discounts:
          off === 0 ? [] : [{ kind: 'basket', name: 'Spring', exclTax: off, inclTax: off }],
      });
      return { ...placement, payments: paymentsFor(placement.total.inclTax, payments) };
    });
}

function charge(code: string, amount: number) {
  return { code, name: code, exclTax: amount, inclTax: amount };
}

/** Payments that cover at most the total, by per cent of what the ones before leave. */
function paymentsFor(
  total: number,
  wishes: readonly (readonly [string, number])[],
): PlacedPayment[] {
  let left = total;
  return wishes.flatMap(([how, percent], index): PlacedPayment[] => {
    const amount = Math.floor((left * percent) / 100);
    left -= amount;
    if (amount === 0) return [];
    if (how === 'offline') return [{ gateway: 'offline', method: 'transfer', amount }];
    if (how === 'card') return [{ gateway: 'sandbox', token: 'tok_ok', amount }];
    const expiresAt = '2026-03-05T12:00:00.000Z';
    return [{ gateway: 'sandbox', reference: `auth-${index}`, authorised: amount, expiresAt }];
  });
}

const quantity = fc.constantFrom(undefined, undefined, 1, 1, 2, 3, 0, -1, 0.5, 1e16);
const unit = fc
  .record({ id: fc.constantFrom('A', 'A', 'B', 'C', 'Z'), quantity })
  .map(({ id, quantity: units }) => ({ id, ...(units !== undefined && { quantity: units }) }));
const units = fc.array(unit, { maxLength: 3 });
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const amount = fc.oneof(
  fc.integer({ min: 1, max: 6000 }),
  fc.constantFrom(0, -5, 1.5, Number.MAX_SAFE_INTEGER),
);
const charges = fc.array(fc.constantFrom('shipping', 'wrapping', 'bow'), { maxLength: 2 });
const payment = maybe(fc.constantFrom('p1', 'p2', 'p9'));
const shares = fc.array(fc.record({ payment: fc.constantFrom('p1', 'p2', 'p9'), amount }), {
  maxLength: 2,
});
const shippingEvent = maybe(fc.constantFrom('1', '7'));
const reason = fc.constant('The customer asked.');

const flag = fc.boolean();
const which = fc.constantFrom('r1', 'r1', 'r1', 'r2', 'r9');
const received = fc.array(
  fc.record({
    id: fc.constantFrom('A', 'A', 'B', 'C', 'Z'),
    good: fc.constantFrom(0, 1, 2, -1),
    damaged: fc.constantFrom(0, 0, 1),
    restock: flag,
  }),
  { maxLength: 2 },
);
const goods = price.map((unitPrice) => [{ sku: 'NEW', title: 'New', quantity: 1, unitPrice }]);

/** Any command in the shop's words, sensible or not. */
export function anyCommand(shop: Shop): fc.Arbitrary<Command> {
  const word = (words: object) => fc.constantFrom(...Object.keys(words), 'constructor');
  const compact = <T extends Command['type']>(type: T, fields: Record<string, unknown>) => {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    return { type, ...Object.fromEntries(given) } as unknown as Command;
  };
  const command = (type: Command['type'], fields: Record<string, fc.Arbitrary<unknown>>) =>
    fc.record(fields).map((given) => compact(type, given));
  return fc.oneof(
    command('set-status', { status: word(shop.orders.statuses), note: maybe(fc.constant('So.')) }),
    command('set-line-status', { lines: units, status: word(shop.lines.statuses) }),
    {
      weight: 3,
      arbitrary: command('record-shipping-event', {
        event: word(shop.shippingEvents),
        lines: maybe(units),
        notify: maybe(fc.boolean()),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.oneof(
        command('take-payment', { amount, payment, shippingEvent }),
        command('take-payment', { lines: maybe(units), charges: maybe(charges), payment }),
        command('take-payment', { shares, final: maybe(flag) }),
        command('take-payment', { amount: maybe(amount), final: fc.constant(true) }),
        command('take-payment', {}),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.oneof(
        command('refund', { amount, payment, reason }),
        command('refund', { lines: maybe(units), charges: maybe(charges), reason }),
        command('refund', { shares, reason }),
      ),
    },
    command('void', { payment }),
    command('record-payment-event', {
      event: word(shop.paymentEvents),
      amount,
      lines: maybe(units),
      reference: maybe(fc.constantFrom('auth-0', 'bank-7')),
      overpaid: maybe(flag),
    }),
    {
      weight: 2,
      arbitrary: fc.oneof(
        command('confirm-payment', {
          payment: fc.constantFrom('p1', 'p2', 'p9'),
          amount: maybe(amount),
          reference: maybe(fc.constantFrom('bank-1', 'bank-2')),
        }),
        command('settle-movement', {
          outcome: fc.constantFrom('moved', 'not-moved', 'perhaps'),
          reference: maybe(fc.constant('by-hand-1')),
          note: reason,
        }),
        command('undo', { command: fc.nat(20).map((n) => `event-${n}`) }),
      ),
    },
    { weight: 2, arbitrary: command('cancel', { lines: maybe(units), reason }) },
    command('hold', { reason, until: maybe(fc.constantFrom(noon, '2026-03-04T12:00:00.000Z')) }),
    command('release-hold', {}),
    {
      weight: 4,
      arbitrary: fc.oneof(
        command('request-return', { lines: maybe(units), reason }),
        command('authorise-return', { return: which }),
        command('decline-return', { return: which, reason }),
        command('receive-return', { return: which, lines: maybe(received), complete: maybe(flag) }),
        command('receive-return', { return: which }),
        command('close-return', { return: which, reason }),
        command('refund', { return: which, lines: maybe(units), keep: maybe(amount), reason }),
        command('exchange', { return: which, lines: goods, keep: maybe(amount) }),
      ),
    },
    command('add-note', { text: fc.constantFrom('', 'Call her.') }),
  );
}

type Happening =
  | { readonly command: Command }
  | {
      readonly answer: 'moved' | 'declined' | 'unknown' | 'unreachable' | 'stranger';
      /** Of an authorisation. */
      readonly can?: Capabilities;
    }
  | { readonly due: number; readonly early: boolean };

export type Life = readonly Happening[];

const can: fc.Arbitrary<Capabilities> = fc.record({
  captures: fc.constantFrom('many', 'once', 'whole'),
  renewable: fc.boolean(),
});

/** What may happen to an order, in any order: commands, the gateway's answers, and the clock. */
export function anyLife(shop: Shop): fc.Arbitrary<Life> {
  const answer = fc.constantFrom<Extract<Happening, { answer: string }>['answer']>(
    ...(['moved', 'moved', 'moved', 'declined', 'unknown', 'unreachable', 'stranger'] as const),
  );
  return fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.record({ command: anyCommand(shop) }) },
      { weight: 5, arbitrary: fc.record({ answer, can: maybe(can) }) },
      { weight: 2, arbitrary: fc.record({ due: fc.nat(2), early: fc.boolean() }) },
    ),
    { minLength: 4, maxLength: 24 },
  );
}

/** The event that a happening is for an order in this state; undefined where it cannot happen. */
export function eventFor(
  shop: Shop,
  state: OrderState,
  happening: Happening,
  n: number,
): OrderEvent | undefined {
  const stamp = { id: `event-${n}`, at: noon, actor: { role: 'clerk', name: 'Grace' } } as const;
  if ('command' in happening) return { ...happening.command, ...stamp };
  if ('due' in happening) {
    const due = dueOf(shop, state.value.status, state.context)[happening.due];
    if (!due) return undefined;
    const at = happening.early ? '2026-01-01T00:00:00.000Z' : due.at;
    return { type: 'deadline', name: due.name, ...stamp, at };
  }
  if (happening.answer === 'stranger') {
    const answer = {
      type: 'payment.voided',
      key: 'no-such-key',
      reference: 'r',
      amount: 5,
    } as const;
    return { ...answer, ...stamp };
  }
  if (state.context.movements.length === 0) return undefined;
  const answers = { moved, declined, unknown, unreachable };
  const answer = { ...answers[happening.answer](state), ...stamp } as OrderEvent;
  if (answer.type !== 'payment.authorised' || !happening.can) return answer;
  return { ...answer, can: happening.can, expiresAt: '2026-03-05T12:00:00.000Z' };
}
