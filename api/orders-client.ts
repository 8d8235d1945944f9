import {
  ApplicationFailure,
  Client,
  Connection,
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Actor, Command, Placement } from '../machines/events';
import type { Refusal } from '../machines/refusals';
import type { Shop } from '../machines/table';
import type { Attributes } from '../machines/views/attributes';
import {
  batchSignal,
  batchStart,
  commandUpdate,
  orderStart,
  pickUpStart,
  placeUpdate,
  workflowIdOf,
  type MessageResult,
  type OrderInput,
  type Sender,
} from '../workflows/messages';

/** How long a sender waits for the outcome before being told where to ask for it. */
const PATIENCE_MS = 5_000;
/** How long a question that Temporal can answer at once may take. */
const PROBED_WITHIN_MS = 1_500;
/**
 * gRPC's numbers for what may go better later: cancelled, unknown, too late, exhausted, called off, aborted, internal,
 * unavailable. Everything else is a mistake of ours.
 */
const NOT_NOW = [1, 2, 4, 8, 9, 10, 13, 14];
/** gRPC's number for a turn called off: a signal came in while it was ending the order's workflow. */
const CALLED_OFF = 9;
/** How often a message is sent whose turn is called off. */
const TURNS = 3;
/** gRPC's number for what is not taken, however often it is sent. */
const INVALID = 3;
/** gRPC's number for what is not there. */
const NOT_FOUND = 5;
/** Temporal's number for an update that its workflow has taken. */
const ACCEPTED = 2;

/**
 * What came of sending a message. `pending`: an order has it and will finish it. `turned-away`: it was
 * no message an order reads. `unreachable`: no order has taken it yet, and perhaps none will.
 */
export type Sent =
  | { readonly outcome: 'answered'; readonly result: MessageResult }
  | { readonly outcome: 'pending' }
  | { readonly outcome: 'turned-away'; readonly refusal?: Refusal; readonly detail: string }
  | {
      readonly outcome: 'unreachable';
      /** How far the message came: `unsure` when Temporal was lost while it was sent. */
      readonly reached: 'nobody' | 'unsure' | 'temporal';
    };

type KnownSender = Sender & { readonly id: string; readonly actor: Actor };

export interface OrdersClient {
  /** Places the order, starting its workflow with what it will be found by. */
  place(shop: Shop, placement: Placement, sender: KnownSender, found?: Attributes): Promise<Sent>;
  /** Sends a command to an order, waking it if it sleeps. */
  command(number: string, shop: Shop, command: Command, sender: KnownSender): Promise<Sent>;
  /** What became of a message of late; undefined when the order has not taken it. */
  outcomeOf(number: string, id: string): Promise<Sent | undefined>;
  /** Has a batch worked on; false when Temporal cannot be reached, and perhaps nobody does. */
  wakeBatch(id: string): Promise<boolean>;
  /** Has a partner's feed picked up, once however many ask at once; false when Temporal cannot be reached. */
  pickUp(partner: string): Promise<boolean>;
  /** Temporal's version; undefined where it does not answer. */
  serverVersion(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface OrdersClientOptions {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly patienceMs?: number;
  /** Told why Temporal did not answer. */
  readonly onAway: (error: unknown) => void;
}

/** The only way from the API to Temporal; it connects when first used, and again whenever it must. */
export function createOrdersClient(options: OrdersClientOptions): OrdersClient {
  const { address, namespace, taskQueue, onAway, patienceMs = PATIENCE_MS } = options;
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, namespace });

  /** Whether Temporal was lost when it was asked last. */
  let isAway = false;

  const within = <T>(ms: number, call: () => Promise<T>) =>
    connection.withDeadline(Date.now() + ms, call);

  function start(input: OrderInput, found?: Attributes) {
    return new WithStartWorkflowOperation('order', orderStart(input, taskQueue, found));
  }

  /** False when Temporal cannot be reached. */
  async function reached(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await within(patienceMs, call);
      return true;
    } catch (error) {
      if (!isNotNow(error)) throw error;
      onAway(error);
      return false;
    }
  }

  async function serverVersion(): Promise<string | undefined> {
    try {
      const asked = () => client.workflowService.getSystemInfo({});
      return (await within(PROBED_WITHIN_MS, asked)).serverVersion ?? '';
    } catch {
      return undefined;
    }
  }

  /** What an order knows of a message; undefined when it has not taken it. */
  async function outcomeOf(number: string, id: string): Promise<Sent | undefined> {
    const workflowId = workflowIdOf(number);
    try {
      const { stage, outcome } = await within(PROBED_WITHIN_MS, () =>
        client.workflowService.pollWorkflowExecutionUpdate({
          namespace,
          updateRef: { workflowExecution: { workflowId }, updateId: id },
          waitPolicy: { lifecycleStage: ACCEPTED },
        }),
      );
      if (!outcome) return Number(stage) >= ACCEPTED ? { outcome: 'pending' } : undefined;
      const handle = client.workflow.getHandle(workflowId).getUpdateHandle<MessageResult>(id);
      const result = await within(PROBED_WITHIN_MS, () => handle.result());
      return { outcome: 'answered', result };
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) return turnedAway(error);
      if (isGrpcServiceError(error) && Number(error.code) === NOT_FOUND) return undefined;
      if (!isNotNow(error)) throw error;
      onAway(error);
      return { outcome: 'unreachable', reached: 'unsure' };
    }
  }

  async function send(
    number: string,
    id: string,
    update: () => Promise<MessageResult>,
    turns = TURNS,
  ): Promise<Sent> {
    // The client sends again until time is up, and no longer knows whether it was heard: it asks first.
    const isStillAway = isAway && (await serverVersion()) === undefined;
    if (isStillAway) return { outcome: 'unreachable', reached: 'nobody' };
    isAway = false;
    try {
      return { outcome: 'answered', result: await within(patienceMs, update) };
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) return turnedAway(error);
      if (Number(grpcCauseOf(error)?.code) === INVALID) return tooMuch(error);
      // What it wrote is known by its id, so that it takes effect once.
      const isCalledOff = Number(grpcCauseOf(error)?.code) === CALLED_OFF;
      if (isCalledOff && turns > 1) return send(number, id, update, turns - 1);
      if (!isNotNow(error)) throw error;
      // An update lasts from when the order has taken it; before that nobody may rely on it.
      const known = await outcomeOf(number, id);
      if (!known) onAway(error);
      if (!known) return { outcome: 'unreachable', reached: 'temporal' };
      isAway = known.outcome === 'unreachable';
      return known;
    }
  }

  return {
    place: (shop, placement, sender, found) =>
      send(placement.number, sender.id, () =>
        client.workflow.executeUpdateWithStart(placeUpdate, {
          updateId: sender.id,
          args: [placement, sender],
          startWorkflowOperation: start({ number: placement.number, shop }, found),
        }),
      ),
    async command(number, shop, command, sender) {
      const as = (updateId: string) =>
        send(number, updateId, () =>
          client.workflow.executeUpdateWithStart(commandUpdate, {
            updateId,
            args: [command, sender],
            startWorkflowOperation: start({ number, shop }),
          }),
        );
      const sent = await as(sender.id);
      // Temporal repeats the answer to an update, also the one that another version was refused with.
      return isOfAnother(sent, sender.version) ? as(`${sender.id} ${sender.version}`) : sent;
    },
    wakeBatch: (id) =>
      reached(() =>
        client.workflow.signalWithStart('batch', {
          ...batchStart(id, taskQueue),
          signal: batchSignal,
        }),
      ),
    pickUp: (partner) =>
      reached(() => client.workflow.start('pickUp', pickUpStart(partner, taskQueue))),
    outcomeOf,
    serverVersion,
    close: () => connection.close(),
  };
}

/** Whether a message was refused for a version that it does not insist on now. */
function isOfAnother(sent: Sent, version: number | undefined): boolean {
  const refusal = sent.outcome === 'answered' ? sent.result.refusal : undefined;
  return refusal?.code === 'precondition-failed' && refusal.figures.expected !== version;
}

/** A message that the order's workflow refused to take. */
function turnedAway(error: WorkflowUpdateFailedError): Sent {
  const { cause } = error;
  // Somebody ended the workflow by hand in the middle of it; the next message wakes the order again.
  if (cause instanceof ApplicationFailure && cause.type === 'AcceptedUpdateCompletedWorkflow') {
    return { outcome: 'unreachable', reached: 'temporal' };
  }
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'validation') throw error;
  const [refusal] = (cause.details ?? []) as (Refusal | undefined)[];
  return { outcome: 'turned-away', refusal, detail: cause.message };
}

/** Time ran out, or Temporal was not reached; retries inside the client are over by then. */
function isNotNow(error: unknown): error is Error {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  return NOT_NOW.includes(grpcCauseOf(error)?.code ?? 0);
}

function grpcCauseOf(error: unknown) {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause : undefined;
}

/** A message that Temporal itself does not take, such as one that is too large for it. */
function tooMuch(error: unknown): Sent {
  const why = grpcCauseOf(error)?.details ?? 'it gave no reason';
  return { outcome: 'turned-away', detail: `Temporal does not take it: ${why}.` };
}
