import {
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Knex } from 'knex';
import { findCommand } from '../../db/commands';
import { findOrder } from '../../db/orders';
import type { Refusal } from '../../machines/refusals';
import { commandUpdate, orderStart, type MessageResult } from '../../workflows/messages';
import type { CommandSender, Told } from './working';

/** How long one order may take with its command; a slow gateway is part of it. */
const WITHIN_MS = 45_000;
/** gRPC's number for a deadline that passed. */
const TOO_LATE = 4;

function toldOf({ outcome, refusal }: Pick<MessageResult, 'outcome' | 'refusal'>): Told {
  return { outcome, ...(refusal && { refusal }) };
}

/** What an order would not even read. */
function turnedAway(error: WorkflowUpdateFailedError): Told {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'validation') throw error;
  const [refusal] = (cause.details ?? []) as (Refusal | undefined)[];
  return refusal ? { outcome: 'refused', refusal } : { outcome: 'failed', why: cause.message };
}

function isTooLate(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && Number(cause.code) === TOO_LATE;
}

/**
 * Sends an order a command under a lasting id and waits for what becomes of it; sent again it gets the
 * first answer. Throws while Temporal or PostgreSQL is away.
 */
export function createCommandSender(client: Client, taskQueue: string, knex: Knex): CommandSender {
  return async (number, command, sender) => {
    const known = await findCommand(knex, number, sender.id);
    if (known) return toldOf(known);
    const order = await findOrder(knex, number);
    if (!order) return { outcome: 'failed', why: `There is no order ${number}.` };
    const { shop } = order;
    const { id, version } = sender;
    // Temporal repeats the answer to an update, also the one that another version was refused with.
    const updateId = version === undefined ? id : `${id} ${version}`;
    const send = () =>
      client.workflow.executeUpdateWithStart(commandUpdate, {
        updateId,
        args: [command, sender],
        startWorkflowOperation: new WithStartWorkflowOperation(
          'order',
          orderStart({ number, shop }, taskQueue),
        ),
      });
    try {
      return toldOf(await client.connection.withDeadline(Date.now() + WITHIN_MS, send));
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) return turnedAway(error);
      if (!isTooLate(error)) throw error;
      const why = `The order has not answered within ${WITHIN_MS / 1000} s. It may still do it: a retry asks under the same id, and it takes effect once.`;
      return { outcome: 'failed', why };
    }
  };
}
