import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import { defaults } from '../config';
import type { Actor, Command } from '../machines/events';
import shop from '../machines/shop';
import { ordersOf } from '../machines/step';
import { expectedAttributes } from '../machines/views/attributes';
import {
  commandUpdate,
  orderStart,
  placeUpdate,
  workflowIdOf,
  type MessageResult,
} from '../workflows/messages';
import { HOT_SKU, orderOf, placementOf, shipEverything, SKUS, takePayment } from './order';
import { FLOOR_QUEUE, type System } from './system';

/** One way of sending an order through; each step resolves when it was answered, and throws on a refusal. */
export interface Variant {
  readonly name: VariantName;
  place(number: string): Promise<void>;
  pay(number: string): Promise<void>;
  ship(number: string): Promise<void>;
  workflowIdOf(number: string): string;
}

export type VariantName = 'a' | 'b' | 'c' | 'hot';

export const titles: Readonly<Record<VariantName, string>> = {
  a: 'empty workflow',
  b: 'over HTTP',
  c: 'through the Temporal client',
  hot: 'as c, every order of one SKU',
};

const actor: Actor = { role: 'storefront', name: 'bench' };
const orders = ordersOf(shop);

let turn = 0;
const anySku = () => SKUS[(turn += 1) % SKUS.length] as string;

/** The same calls for a workflow of ours and for the empty one, as the API makes them. */
function temporalVariant(name: 'a' | 'c' | 'hot', client: Client): Variant {
  const isFloor = name === 'a';
  const idOf = (number: string) => (isFloor ? `floor-${number}` : workflowIdOf(number));
  const start = (number: string, found: ReturnType<typeof expectedAttributes>) => {
    const ours = orderStart({ number, shop }, defaults.taskQueue, found);
    const floor = { ...ours, workflowId: idOf(number), taskQueue: FLOOR_QUEUE, args: [] };
    return new WithStartWorkflowOperation(isFloor ? 'floor' : 'order', isFloor ? floor : ours);
  };
  const finished = async (handle: Promise<{ result(): Promise<MessageResult> }>) => {
    const { outcome, refusal } = await (await handle).result();
    if (outcome !== 'done') throw new Error(`${outcome}: ${refusal?.detail}`);
  };
  const command = (number: string, it: Command) => {
    const id = randomUUID();
    return finished(
      client.workflow.startUpdateWithStart(commandUpdate, {
        waitForStage: 'ACCEPTED',
        updateId: id,
        args: [it, { id, actor }],
        startWorkflowOperation: start(number, undefined),
      }),
    );
  };
  return {
    name,
    workflowIdOf: idOf,
    place: (number) => {
      const id = randomUUID();
      const placement = placementOf(number, name === 'hot' ? HOT_SKU : anySku());
      const found = isFloor ? undefined : expectedAttributes(orders, placement);
      return finished(
        client.workflow.startUpdateWithStart(placeUpdate, {
          waitForStage: 'ACCEPTED',
          updateId: id,
          args: [placement, { id, actor }],
          startWorkflowOperation: start(number, found),
        }),
      );
    },
    pay: (number) => command(number, takePayment),
    ship: (number) => command(number, shipEverything),
  };
}

function httpVariant({ api, key }: System): Variant {
  const post = async (path: string, body: unknown, expected: number) => {
    const response = await fetch(`${api}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status !== expected) throw new Error(`${path}: ${response.status} ${text}`);
  };
  return {
    name: 'b',
    workflowIdOf,
    place: (number) => post('/v1/orders', orderOf(number, anySku()), 201),
    pay: (number) => post(`/v1/orders/${number}/commands`, takePayment, 200),
    ship: (number) => post(`/v1/orders/${number}/commands`, shipEverything, 200),
  };
}

export function variantOf(name: VariantName, system: System, client: Client): Variant {
  return name === 'b' ? httpVariant(system) : temporalVariant(name, client);
}
