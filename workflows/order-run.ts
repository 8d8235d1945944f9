import {
  currentUpdateInfo,
  setCurrentDetails,
  upsertSearchAttributes,
  uuid4,
} from '@temporalio/workflow';
import { readCommand } from '../machines/commands';
import { causeOf, dueOf, isAtRest, type Due } from '../machines/deciding/due';
import type { Effect } from '../machines/effects';
import type { Actor, Command, OrderEvent, Placement, Stamp } from '../machines/events';
import { readReport } from '../machines/reports';
import { openEffect } from '../machines/payment/movements';
import type { OrderState } from '../machines/state';
import { actionsOf, type ActionsView } from '../machines/offering/actions';
import { attributesOf } from '../machines/views/attributes';
import { detailsOf } from '../machines/views/details';
import { Alarm } from './running/alarm';
import { REMEMBERED, unpack, type Carry } from './carry';
import { takenAt, type MessageResult, type OrderInput, type Sender } from './messages';
import { perform } from './perform';
import { OrderRecord } from './record';
import { objectToVersion, resultOf } from './running/results';
import { changedAttributes } from './search-attributes';
import { isSenderId, readReportStamp, readSender } from './sender';

/** Whoever sends a message by hand in the Temporal Web UI without saying who they are. */
const unknownSender: Actor = { role: 'system', name: 'Temporal' };
const gateway: Actor = { role: 'system', name: 'gateway' };
const delivery: Actor = { role: 'system', name: 'delivery' };
const clock: Actor = { role: 'system', name: 'clock' };

/** A message waiting its turn. */
interface Letter {
  readonly event: OrderEvent;
  /** The version its sender decided on. */
  readonly version?: number;
  readonly answer: (result: MessageResult) => void;
}

function now(): string {
  return new Date().toISOString();
}

/** The moving parts of one run of an order's workflow: its inbox, its record and its alarm. */
export class OrderRun {
  private readonly inbox: Letter[] = [];
  private readonly answered: MessageResult[];
  private readonly record: OrderRecord;
  private readonly alarm = new Alarm();
  /** True from a call to wake until the order is awake. */
  private isCalled = false;

  constructor(input: OrderInput, carried?: Carry) {
    const carry = carried && unpack(carried);
    this.record = new OrderRecord(input.number, input.shop, carry);
    this.answered = [...(carry?.answered ?? [])];
  }

  get state(): OrderState {
    return this.record.position.state;
  }

  get hasMail(): boolean {
    return this.inbox.length > 0 || this.isCalled;
  }

  get isDue(): boolean {
    if (openEffect(this.state)) return true;
    const [next] = this.due;
    return next !== undefined && Date.parse(next.at) <= Date.now();
  }

  /** True when the alarm went off, whatever it had been set for: the deadlines are to be looked at again. */
  get hasRung(): boolean {
    return this.alarm.rang;
  }

  get isAtRest(): boolean {
    return isAtRest(this.record.position.shop, this.state);
  }

  /** True when the order has moved to another table than the one this run began with. */
  get isRenewed(): boolean {
    return this.record.isRenewed;
  }

  actions(): ActionsView {
    return actionsOf(this.record.machine, this.state, this.stamp({}, 'actions'));
  }

  // Senders of updates were read by the validators; null is nothing said.
  place(placement: Placement, sender?: Sender | null): Promise<MessageResult> {
    const stamp = this.stamp(sender ?? {});
    return this.post({ type: 'place', placement: takenAt(placement, stamp.at), ...stamp });
  }

  command(command: Command, sender?: Sender | null): Promise<MessageResult> {
    return this.post({ ...command, ...this.stamp(sender ?? {}) }, sender?.version ?? undefined);
  }

  /** Nobody waits for a signal: what is wrong with it is recorded on the order. */
  signalled(message: unknown, sender: unknown): void {
    const from = readSender(sender);
    if ('fault' in from) {
      const { fault: why } = from;
      void this.post({ type: 'malformed', message: { message, sender }, why, ...this.stamp({}) });
      return;
    }
    const read = readCommand(message);
    const stamp = this.stamp(from.sender);
    void this.post(
      'command' in read ? { ...read.command, ...stamp } : { type: 'malformed', message, ...stamp },
      from.sender.version,
    );
  }

  /** Nobody waits for what became of a report either; one under an id that is known changes nothing. */
  reported(message: unknown, from: unknown): void {
    const read = readReport(message);
    const { id = uuid4(), cause } = readReportStamp(from);
    const stamp = { id, at: now(), actor: delivery, ...(cause !== undefined && { cause }) };
    void this.post(
      'report' in read
        ? { ...read.report, ...stamp }
        : { type: 'malformed', message, why: read.fault, ...stamp },
    );
  }

  /** Asks the order to look at what it waits for; it changes nothing. */
  wake(): void {
    this.isCalled = true;
  }

  /** Takes up money that was left under way; else the oldest message, or the nearest deadline when there is none. */
  async turn(): Promise<void> {
    if (openEffect(this.state)) return this.resume();
    if (this.isCalled && this.inbox.length === 0) {
      this.isCalled = false;
      return this.record.refresh();
    }
    const letter = this.inbox.shift();
    const due = this.due[0];
    if (letter) letter.answer(await this.open(letter));
    else if (due) await this.meet(due);
  }

  /** Shows the order's state where engineers look for it. */
  show(): void {
    const { shop, state } = this.record.position;
    const changed = changedAttributes(attributesOf(shop, state));
    if (changed.length > 0) upsertSearchAttributes(changed);
    setCurrentDetails(detailsOf(shop, state));
  }

  setAlarm(): void {
    const [next] = this.due;
    this.alarm.rang = false;
    if (next) this.alarm.set(Date.parse(next.at), Date.now(), `${next.name} at ${next.at}`);
  }

  carry(): Carry {
    return { revision: 1, ...this.record.position, answered: this.answered };
  }

  private get due(): Due[] {
    const { shop, state } = this.record.position;
    return dueOf(shop, state.value.status, state.context);
  }

  private stamp({ id, actor, cause }: Sender, fallback?: string): Stamp {
    const update = currentUpdateInfo()?.id;
    const own = fallback ?? (isSenderId(update) ? update : uuid4());
    const { role, name } = actor ?? unknownSender;
    return { id: id ?? own, at: now(), actor: { role, name }, ...(cause && { cause }) };
  }

  private post(event: OrderEvent, version?: number): Promise<MessageResult> {
    return new Promise((answer) => this.inbox.push({ event, version, answer }));
  }

  private async open({ event, version }: Letter): Promise<MessageResult> {
    const before = this.answered.find(({ id }) => id === event.id);
    if (before) return { ...before, repeated: true };
    await this.record.wake(event);
    await this.resume();
    const stale = objectToVersion(version, this.record.position.version);
    if (stale)
      return { id: event.id, type: event.type, outcome: 'refused', seq: 0, refusal: stale };
    const result = await this.handle(event);
    this.answered.push(result);
    if (this.answered.length > REMEMBERED) this.answered.shift();
    return result;
  }

  private async meet({ name }: Due): Promise<void> {
    const id = `deadline ${name} ${this.record.position.seq}`;
    const cause = causeOf(this.state.context, name);
    const stamp = { id, at: now(), actor: clock, ...(cause && { cause }) };
    await this.handle({ type: 'deadline', name, ...stamp });
  }

  /** One event and everything that follows from it: its effects, their answers, and theirs. */
  private async handle(event: OrderEvent): Promise<MessageResult> {
    const first = await this.record.take(event);
    const result = resultOf(event, first, this.record.position.seq);
    const effects = first.outcome === 'accepted' ? first.effects : [];
    return this.follow(event, result, effects);
  }

  /**
   * Money that was decided to move by a turn which the database has and Temporal lost: nothing else
   * happens to the order before it is known what became of it.
   */
  private async resume(): Promise<void> {
    const effect = openEffect(this.state);
    if (!effect) return;
    const id = `resume ${effect.key} ${this.record.position.seq}`;
    const event = { type: 'deadline', name: id, id, at: now(), actor: clock } as const;
    await this.follow(event, { id, type: event.type, outcome: 'done', seq: 0 }, [effect]);
  }

  /** Does what an event obliges to, and what follows from the answers. */
  private async follow(
    event: OrderEvent,
    first: MessageResult,
    obliged: readonly Effect[],
  ): Promise<MessageResult> {
    let result = first;
    const effects = [...obliged];
    for (const effect of effects) {
      const answer = await perform(effect, this.record.position.seq);
      if (answer === 'overtaken') {
        // A turn was written that this run never heard of: its money comes first.
        const isUnwritten = await this.record.reload(event);
        await this.resume();
        return isUnwritten ? this.handle(event) : result;
      }
      const id = `answer ${effect.key} ${this.record.position.seq}/${effects.indexOf(effect)}`;
      const taken = await this.record.take({
        ...answer,
        ...{ id, at: now(), actor: gateway, cause: event.id },
      });
      if (taken.outcome !== 'accepted') continue;
      result = resultOf(event, taken, this.record.position.seq, result);
      effects.push(...taken.effects);
    }
    await this.record.flush();
    return { ...result, seq: result.seq === 0 ? 0 : this.record.position.seq };
  }
}
