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
import type { Command, Placement } from '../machines/events';
import type { Refusal } from '../machines/refusals';
import type { Shop } from '../machines/table';
import type { Attributes } from '../machines/views/attributes';
import {
  commandUpdate,
  orderStart,
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
  | { readonly outcome: 'unreachable'; readonly why: string };

export interface OrdersClient {
  /** Places the order, starting its workflow with what it will be found by. */
  place(
    shop: Shop,
    placement: Placement,
    sender: Required<Sender>,
    found?: Attributes,
  ): Promise<Sent>;
  /** Sends a command to an order, waking it if it sleeps. */
  command(number: string, shop: Shop, command: Command, sender: Required<Sender>): Promise<Sent>;
  /** What became of a message of late; undefined when the order has not taken it. */
  outcomeOf(number: string, id: string): Promise<Sent | undefined>;
  /** Whether Temporal answers. */
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}

export interface OrdersClientOptions {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly patienceMs?: number;
}

/** The only way from the API to Temporal; it connects when first used, and again whenever it must. */
export function createOrdersClient(options: OrdersClientOptions): OrdersClient {
  const { address, namespace, taskQueue, patienceMs = PATIENCE_MS } = options;
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, namespace });

  const within = <T>(ms: number, call: () => Promise<T>) =>
    connection.withDeadline(Date.now() + ms, call);

  function start(input: OrderInput, found?: Attributes) {
    return new WithStartWorkflowOperation('order', orderStart(input, taskQueue, found));
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
      if (isGrpcServiceError(error) || isNotNow(error)) {
        return { outcome: 'unreachable', why: error.message };
      }
      throw error;
    }
  }

  async function send(
    number: string,
    id: string,
    update: () => Promise<MessageResult>,
  ): Promise<Sent> {
    try {
      return { outcome: 'answered', result: await within(patienceMs, update) };
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) return turnedAway(error);
      if (!isNotNow(error)) throw error;
      // An update lasts from when the order has taken it; before that nobody may rely on it.
      return (await outcomeOf(number, id)) ?? { outcome: 'unreachable', why: error.message };
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
    command: (number, shop, command, sender) =>
      send(number, sender.id, () =>
        client.workflow.executeUpdateWithStart(commandUpdate, {
          updateId: sender.id,
          args: [command, sender],
          startWorkflowOperation: start({ number, shop }),
        }),
      ),
    outcomeOf,
    async isReachable() {
      try {
        await within(PROBED_WITHIN_MS, () => client.workflowService.getSystemInfo({}));
        return true;
      } catch {
        return false;
      }
    },
    close: () => connection.close(),
  };
}

/** A message that the order's workflow refused to take. */
function turnedAway(error: WorkflowUpdateFailedError): Sent {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'validation') throw error;
  const [refusal] = (cause.details ?? []) as (Refusal | undefined)[];
  return { outcome: 'turned-away', refusal, detail: cause.message };
}

/** Time ran out, or Temporal was not reached; retries inside the client are over by then. */
function isNotNow(error: unknown): error is Error {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  return error instanceof ServiceError && isGrpcServiceError(error.cause);
}
