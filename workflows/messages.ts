import { TypedSearchAttributes } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { OutboxRow, ReportStamp } from '../activities/delivery';
import type { Actor, Command, Placement, Report } from '../machines/events';
import type { Refusal } from '../machines/refusals';
import type { OrderState } from '../machines/state';
import type { Shop } from '../machines/table';
import type { ActionsView } from '../machines/offering/actions';
import type { Attributes } from '../machines/views/attributes';
import { attributePairs } from './search-attributes';

/** Who sends a message, and the id under which it takes effect once; both are made up when absent. */
export interface Sender {
  readonly id?: string;
  readonly actor?: Actor;
  /** The order's version that the sender decided on; on another one the message is refused, unrecorded. */
  readonly version?: number;
  /** What led to it, such as a batch. */
  readonly cause?: string;
}

/** What became of a message. */
export interface MessageResult {
  readonly id: string;
  readonly type: string;
  /** `pending`: accepted, and money is on its way with an outcome nobody knows yet. */
  readonly outcome: 'done' | 'refused' | 'pending';
  /** Place in the order's history; 0 when nothing was written. */
  readonly seq: number;
  readonly refusal?: Refusal;
  /** True when the message had been handled before and this is the first answer again. */
  readonly repeated?: boolean;
}

/** The arguments of an order's workflow: enough to place it, or to wake it from the database. */
export interface OrderInput {
  readonly number: string;
  /** The table a new order is placed under; an order that exists keeps its own. */
  readonly shop: Shop;
}

/**
 * In a placement's `placedAt`: the order says when it was placed. Temporal may hand one repetition of an
 * update to the worker and keep another in the history, so that all of them must be the same.
 */
export const WHEN_TAKEN = '';

/** A placement with the time at which the order took it, where that was left to the order. */
export function takenAt(placement: Placement, at: string): Placement {
  return placement.placedAt === WHEN_TAKEN ? { ...placement, placedAt: at } : placement;
}

/** Places the order; sent with the start of its workflow. */
export const placeUpdate = defineUpdate<MessageResult, [Placement, Sender?]>('place');
/** One command, answered when it is done. */
export const commandUpdate = defineUpdate<MessageResult, [Command, Sender?]>('command');
/** One command, without an answer; a refusal is written to the order's history. */
export const commandSignal = defineSignal<[Command, Sender?]>('command');
/** What became of something that left the order; told again under the same id it changes nothing. */
export const reportSignal = defineSignal<[Report, ReportStamp]>('report');
/** Nothing but a reason to look: an order that sleeps loads itself and waits for what is due. */
export const wakeSignal = defineSignal('wake');
export const stateQuery = defineQuery<OrderState>('state');
export const actionsQuery = defineQuery<ActionsView>('actions');

const PREFIX = 'order-';

/** The workflow id of an order. */
export function workflowIdOf(number: string): string {
  return PREFIX + number;
}

/**
 * How an order's workflow is started, or woken, beside the message sent with it; an order that runs
 * takes the message alone. Attributes given here cost its history no event later.
 */
export function orderStart(input: OrderInput, taskQueue: string, attributes?: Attributes) {
  return {
    workflowId: workflowIdOf(input.number),
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    taskQueue,
    args: [input],
    staticSummary: `Order ${input.number}`,
    ...(attributes && {
      typedSearchAttributes: new TypedSearchAttributes(attributePairs(attributes)),
    }),
  };
}

/** Wakes a batch that has orders to work on. */
export const batchSignal = defineSignal('go');

/** How a batch is started, or started again when orders were put back in line. */
export function batchStart(id: string, taskQueue: string) {
  return {
    workflowId: `batch-${id}`,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    taskQueue,
    args: [id] as [string],
    staticSummary: `Batch ${id}`,
  };
}

/** Whose part in which order a fulfilment workflow watches over. */
export interface FulfilmentInput {
  readonly order: string;
  readonly partner: string;
}

/** Something became of a hand-over: a reason to look. */
export const newsSignal = defineSignal('news');

/** How a partner's part in an order is watched over, beside the news that is sent with it. */
export function fulfilmentStart(input: FulfilmentInput, taskQueue: string) {
  return {
    workflowId: `fulfilment-${input.order}-${input.partner}`,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    taskQueue,
    args: [input] as [FulfilmentInput],
    staticSummary: `${input.partner}'s part in order ${input.order}`,
  };
}

/** What a reconciliation is asked: to look at all, or at what changed since; ISO 8601. */
export interface ReconciliationInput {
  readonly since?: string;
}

/** How the daily reconciliation is started by its schedule. */
export function reconciliationStart(taskQueue: string) {
  return {
    type: 'startWorkflow' as const,
    workflowType: 'reconciliation',
    workflowId: `reconciliation-${taskQueue}`,
    taskQueue,
    args: [{}] as [ReconciliationInput],
    staticSummary: 'What is kept in two places is compared',
  };
}

/** The id of the schedule by which a partner's feed is picked up. */
export function feedScheduleIdOf(partner: string, taskQueue: string): string {
  return `feed-${taskQueue}-${partner}`;
}

/** How the picking up of a partner's feed is started, by its schedule or by hand. */
export function pickUpStart(partner: string, taskQueue: string) {
  return {
    workflowId: `pick-up-${taskQueue}-${partner}`,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    taskQueue,
    args: [partner] as [string],
    staticSummary: `What ${partner} says is picked up`,
  };
}

/** A row of the outbox in words. */
export function nameOf({ topic, kind, order }: OutboxRow): string {
  return order === null ? `${topic} ${kind}` : `${topic} ${kind} of order ${order}`;
}

/**
 * How the delivery of a row is started: under an id that no other has, before it ends or after. What could
 * not be delivered waits for these times, in milliseconds, and is then given up.
 */
export function deliveryStart(row: OutboxRow, retries: readonly number[], taskQueue: string) {
  return {
    workflowId: `delivery-${row.id}`,
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    taskQueue,
    args: [row, retries] as [OutboxRow, readonly number[]],
    staticSummary: nameOf(row),
  };
}
