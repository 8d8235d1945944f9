interface Held {
  readonly authorised: number;
  captured: number;
  refunded: number;
  voided: number;
}

/**
 * What should have moved, worked out by hand beside the machine: the oldest payment is captured first,
 * the newest refunded first.
 */
export class Purse {
  /** As the gateway's ledger should list it, oldest first: `capture 3600`. */
  readonly movements: string[] = [];
  /** What captures let go of, which is no movement. */
  letGo = 0;
  private readonly payments: Held[] = [];

  constructor(authorised: readonly number[]) {
    for (const amount of authorised) {
      this.payments.push({ authorised: amount, captured: 0, refunded: 0, voided: 0 });
      this.movements.push(`authorisation ${amount}`);
    }
  }

  get captured(): number {
    return this.payments.reduce((total, { captured }) => total + captured, 0);
  }

  /** Captured and not given back. */
  get kept(): number {
    return this.payments.reduce((total, held) => total + held.captured - held.refunded, 0);
  }

  /** The capture that pays all that is `owed` lets go of what its last card still holds. */
  capture(amount: number, owed: number): void {
    let left = amount;
    let last: Held | undefined;
    for (const held of this.payments) {
      const part = Math.min(left, held.authorised - held.captured - held.voided);
      held.captured += part;
      left -= part;
      if (part === 0) continue;
      this.movements.push(`capture ${part}`);
      last = held;
    }
    if (!last || this.captured < owed) return;
    const rest = last.authorised - last.captured - last.voided;
    last.voided += rest;
    this.letGo += rest;
  }

  refund(amount: number): void {
    let left = amount;
    for (const held of [...this.payments].reverse()) {
      const part = Math.min(left, held.captured - held.refunded);
      held.refunded += part;
      left -= part;
      if (part > 0) this.movements.push(`refund ${part}`);
    }
  }

  /** Gives up what no longer covers anything of what is owed; the oldest cover first. */
  voidBeyond(owed: number): void {
    let uncovered = owed - this.captured;
    for (const held of this.payments) {
      const open = held.authorised - held.captured - held.voided;
      if (uncovered <= 0 && open > 0) {
        held.voided += open;
        this.movements.push(`void ${open}`);
      } else {
        uncovered -= open;
      }
    }
  }
}
