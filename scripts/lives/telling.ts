import type { Placement } from '../../machines/events';
import { charges, unitPrices } from '../../machines/payment/prices';
import { sum } from '../../machines/money';
import type { Dice } from './dice';
import type { Callers, Ending, LineEnd, Step } from './life';
import { Purse } from './purse';

type Command = Step['command'];
type Units = readonly { readonly id: string; readonly quantity: number }[];

const REASON = 'The torture run wants it.';

/** Tells a life step by step, and keeps account of what must have moved by then. */
export class Telling {
  readonly steps: Step[] = [];
  private readonly purse: Purse;
  private readonly lines: { -readonly [Key in keyof LineEnd]: LineEnd[Key] }[];
  private readonly placement: Placement;
  private isCancelled = false;

  constructor(request: Omit<Placement, 'placedAt' | 'status'>) {
    this.placement = { ...request, placedAt: '', status: '' };
    const { payments, total } = request;
    this.purse = new Purse(payments.map(({ amount = total.inclTax }) => amount));
    this.lines = request.lines.map(({ id, sku, quantity }) => {
      return { id, sku, quantity, shipped: 0, cancelled: 0 };
    });
  }

  /** `alwaysRefused` where even one caller must be refused. */
  step(
    command: Command,
    callers: Callers,
    refusedAs: readonly string[],
    alwaysRefused = false,
  ): void {
    const key = `${this.placement.number}-step-${this.steps.length + 1}`;
    const isRefused = alwaysRefused || callers === 'rivals';
    this.steps.push({ key, command, callers, refusedAs: isRefused ? refusedAs : [] });
  }

  ending(): Ending {
    const { movements, letGo } = this.purse;
    const status = this.isCancelled ? 'Cancelled' : 'Complete';
    return { status, movements, letGo, lines: this.lines };
  }

  capturePart(dice: Dice): Command {
    const left = this.owed() - this.purse.captured;
    const amount = Math.max(1, Math.min(left - 1, Math.floor((left * dice.between(10, 90)) / 100)));
    this.purse.capture(amount, this.owed());
    return { type: 'take-payment', amount };
  }

  captureRest(): Command {
    this.purse.capture(this.owed() - this.purse.captured, this.owed());
    return { type: 'take-payment' };
  }

  captureTooLittle(): Command {
    return { type: 'take-payment', amount: 1 };
  }

  captureTooMuch(): Command {
    return { type: 'take-payment', amount: this.owed() + 1 };
  }

  shipSome(dice: Dice): Command | undefined {
    const lines = this.someOpen(dice);
    if (!lines) return undefined;
    for (const { id, quantity } of lines) this.line(id).shipped += quantity;
    return { type: 'record-shipping-event', event: 'Shipped', lines };
  }

  /** Undefined where nothing is left to ship. */
  shipRest(): Command | undefined {
    const open = this.open();
    if (open.length === 0) return undefined;
    for (const { id, quantity } of open) this.line(id).shipped += quantity;
    return { type: 'record-shipping-event', event: 'Shipped' };
  }

  cancelSome(dice: Dice): Command | undefined {
    const lines = this.someOpen(dice);
    return lines && this.cancel(lines);
  }

  /** Undefined where nothing is left to cancel. */
  cancelRest(): Command | undefined {
    const lines = this.open();
    return lines.length === 0 ? undefined : this.cancel(lines);
  }

  cancelAll(): Command {
    this.cancel(this.open());
    this.isCancelled = true;
    return { type: 'cancel', reason: REASON };
  }

  /** Undefined where too little is left for a part of it. */
  refundPart(dice: Dice): Command | undefined {
    const { kept } = this.purse;
    if (kept < 2) return undefined;
    const amount = Math.max(1, Math.floor((kept * dice.between(1, 60)) / 100));
    this.purse.refund(amount);
    return { type: 'refund', amount, reason: REASON };
  }

  refundRest(): Command {
    this.purse.refund(this.purse.kept);
    return { type: 'refund', reason: REASON };
  }

  refundTooMuch(): Command {
    return { type: 'refund', amount: this.purse.kept + 1, reason: REASON };
  }

  private cancel(lines: Units): Command {
    for (const { id, quantity } of lines) this.line(id).cancelled += quantity;
    const owed = this.owed();
    this.purse.voidBeyond(owed);
    this.purse.refund(Math.max(0, this.purse.kept - owed));
    return { type: 'cancel', lines, reason: REASON };
  }

  private line(id: string) {
    return this.lines.find((line) => line.id === id) as (typeof this.lines)[number];
  }

  private open(): Units {
    return this.lines
      .map(({ id, quantity, shipped, cancelled }) => {
        return { id, quantity: quantity - shipped - cancelled };
      })
      .filter(({ quantity }) => quantity > 0);
  }

  /** Some units, and at least one fewer than there are; undefined where only one is left. */
  private someOpen(dice: Dice): Units | undefined {
    const open = this.open();
    const all = sum(open.map(({ quantity }) => quantity));
    if (all < 2) return undefined;
    let left = dice.between(1, all - 1);
    return open.flatMap(({ id, quantity }) => {
      const part = Math.min(left, quantity);
      left -= part;
      return part > 0 ? [{ id, quantity: part }] : [];
    });
  }

  /** The price of the units that are not cancelled, and the charges while any is left. */
  private owed(): number {
    const price = unitPrices(this.placement);
    const kept = this.lines.map(({ quantity, cancelled }) => quantity - cancelled);
    if (sum(kept) === 0) return 0;
    const goods = kept.map((units, index) => price.first(index, units));
    return sum(goods) + sum(charges(this.placement).map(({ amount }) => amount));
  }
}
