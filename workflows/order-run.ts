import {
  currentUpdateInfo,
  setCurrentDetails,
  upsertSearchAttributes,
  uuid4,
} from '@temporalio/workflow';
import { readCommand } from '../machines/commands';
import { causeOf, dueOf, isAtRest, type Due } from '../machines/deciding/due';
import type { Actor, Command, OrderEvent, Placement, Stamp } from '../machines/events';
import { refusal, type Refusal } from '../machines/refusals';
import { readReport } from '../machines/reports';
import type { OrderState } from '../machines/state';
import { actionsOf, type ActionsView } from '../machines/views/actions';
import { attributesOf } from '../machines/views/attributes';
import { detailsOf } from '../machines/views/details';
import { Alarm } from './alarm';
import { REMEMBERED, unpack, type Carry } from './carry';
import type { MessageResult, OrderInput, Sender } from './messages';
import { perform } from './perform';
import { OrderRecord, type Recorded } from './record';
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
    return this.post({ type: 'place', placement, ...this.stamp(sender ?? {}) });
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

  /** Handles the oldest message, or the nearest deadline when there is none. */
  async turn(): Promise<void> {
    if (this.isCalled && this.inbox.length === 0) {
      this.isCalled = false;
      return this.record.wake({ type: 'wake' });
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
    const stale = this.objectToVersion(version);
    if (stale)
      return { id: event.id, type: event.type, outcome: 'refused', seq: 0, refusal: stale };
    const result = await this.handle(event);
    this.answered.push(result);
    if (this.answered.length > REMEMBERED) this.answered.shift();
    return result;
  }

  private objectToVersion(expected: number | undefined): Refusal | undefined {
    const { version } = this.record.position;
    if (expected === undefined || expected === version) return undefined;
    const detail = `The order is at version ${version}; this was decided on version ${expected}.`;
    const figures = { expected, present: version };
    return refusal('versionMatches', { code: 'precondition-failed', detail, figures });
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
    let result = this.resultOf(event, first);
    const effects = first.outcome === 'accepted' ? [...first.effects] : [];
    if (effects.length === 0) effects.push(...this.record.leftOver());
    for (const effect of effects) {
      const answer = await perform(effect, this.record.position.seq);
      if (answer.type === 'outdated') {
        // A turn was written that this run never heard of: the event is decided again, on what it left.
        if (await this.record.catchUp(event)) return this.handle(event);
        effects.push(...this.record.leftOver());
        continue;
      }
      const id = `answer ${effect.key} ${this.record.position.seq}/${effects.indexOf(effect)}`;
      const taken = await this.record.take({
        ...answer,
        ...{ id, at: now(), actor: gateway, cause: event.id },
      });
      if (taken.outcome !== 'accepted') continue;
      result = this.resultOf(event, taken, result);
      effects.push(...taken.effects);
    }
    await this.record.flush();
    return { ...result, seq: result.seq === 0 ? 0 : this.record.position.seq };
  }

  /** What the sender of an event is told: its own outcome, or what the facts say became of it later. */
  private resultOf(event: OrderEvent, taken: Recorded, before?: MessageResult): MessageResult {
    const { id, type } = event;
    const { seq } = this.record.position;
    if (taken.outcome === 'refused') {
      return { id, type, outcome: 'refused', seq, refusal: taken.refusal };
    }
    if (taken.outcome === 'unchanged' || taken.outcome === 'elsewhere') {
      return { id, type, outcome: 'done', seq: 0, repeated: true };
    }
    const verdict = taken.facts.findLast((fact) => fact.type === 'command' && fact.id === id);
    if (verdict?.type !== 'command') return before ?? { id, type, outcome: 'done', seq: seq || 1 };
    const { outcome, refusal } = verdict;
    return { id, type, outcome, seq: seq || 1, refusal };
  }
}
