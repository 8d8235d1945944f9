import { isDeepStrictEqual } from 'node:util';
import { findCommand, type CommandRecord } from '../../db/commands';
import { listEvents } from '../../db/events';
import { findOrder } from '../found-order';
import { commandTypes, readCommand } from '../../machines/commands';
import type { Command, OrderEvent } from '../../machines/events';
import type { StoredOrder } from '../../machines/history';
import type { MessageResult } from '../../workflows/messages';
import { actorOf } from '../auth';
import { answer, type Answer } from '../http/answers';
import { call, type Call, type Caller, type Incoming } from '../http/call';
import { invalid } from '../http/request';
import { problem, refused } from '../problems';
import { commandAnswer, commandRecord, pendingCommand } from '../schemas/answers';
import { commandRequest } from '../schemas/commands';
import {
  commandParams,
  orderParams,
  previewQuery,
  type OrderParams,
  type PreviewQuery,
} from '../schemas/parameters';
import type { Services } from '../services';
import { etagOf, noSuchOrder, refusalFor, shownTo } from '../shown-order';
import { changedSince, matches, readIfMatch, type IfMatch } from './changed-since';
import { mayNotSend } from './permitted-commands';
import { previewOf } from './previewing';
import { commandAddress, notTaken, unreachable, withoutTable, withTable } from './sending';

type Asked = Incoming<OrderParams, PreviewQuery, Command>;

export function commandCalls(services: Services): Call[] {
  return [
    call({
      operationId: 'sendCommand',
      method: 'post',
      path: '/v1/orders/{number}/commands',
      tag: 'Commands',
      summary: 'Send an order a command, or preview one',
      description:
        'Answers when the command is done. A command that the order refuses is kept in its history. With `preview=true` it says what would happen and changes nothing.',
      roles: ['clerk', 'storefront', 'partner'],
      params: orderParams,
      query: previewQuery,
      body: commandRequest,
      readBody,
      keepsAnswer: ({ preview }) => preview !== true,
      ifMatch: true,
      answers: {
        200: { description: 'It is done, or previewed.', schema: commandAnswer, headers: ['ETag'] },
        202: {
          description: 'It will be done, or nobody knows yet whether its money moved.',
          schema: pendingCommand,
          headers: ['ETag', 'Location', 'Retry-After'],
        },
      },
      problems: [
        ...(['invalid-order-status', 'invalid-line-status', 'invalid-shipping-event'] as const),
        ...(['invalid-payment-event', 'insufficient-stock', 'invalid-stock-adjustment'] as const),
        ...(['on-hold', 'not-on-hold', 'payment-outcome-unknown', 'payment-declined'] as const),
        'no-such-task' as const,
        ...(['gateway-unavailable', 'temporal-unavailable', 'cannot-renew'] as const),
      ],
      handle: (asked) => sendCommand(services, asked),
    }),
    call({
      operationId: 'getCommand',
      method: 'get',
      path: '/v1/orders/{number}/commands/{id}',
      tag: 'Commands',
      summary: 'What became of a command',
      roles: ['clerk', 'viewer', 'storefront', 'partner'],
      params: commandParams,
      answers: { 200: { description: 'What is known of it.', schema: commandRecord } },
      problems: ['temporal-unavailable'],
      async handle({ params: { number, id }, caller }) {
        const record = await findCommand(services.db, number, id);
        const order = caller.role === 'partner' ? await findOrder(services.db, number) : undefined;
        const isHidden =
          caller.role === 'partner' &&
          (!isDeepStrictEqual(record?.actor, actorOf(caller)) || !order || !shownTo(caller, order));
        if (isHidden) return noSuchCommand(number, id);
        if (record) return answer(200, { command: shownRecord(caller, record) });
        const known = await services.client.outcomeOf(number, id);
        if (known?.outcome === 'answered') return answer(200, { command: known.result });
        if (known?.outcome === 'unreachable') return unreachable();
        if (known?.outcome !== 'pending') return noSuchCommand(number, id);
        return answer(200, { command: { id, outcome: 'pending', seq: 0 } });
      },
    }),
  ];
}

/** By the same definition as Updates and Signals. */
function readBody(json: unknown): { value: Command } | { no: Answer } {
  if (isObject(json) && !('type' in json)) {
    const detail = `It is missing: write one of ${commandTypes.join(', ')}.`;
    return { no: invalid([{ pointer: '/type', detail }]) };
  }
  const read = readCommand(json);
  return 'command' in read ? { value: read.command } : { no: refused(read.refusal) };
}

function isObject(json: unknown): json is object {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function shownRecord(caller: Caller, { number: _, refusal, ...command }: CommandRecord) {
  return { ...command, ...(refusal && { refusal: refusalFor(caller, refusal) }) };
}

function noSuchCommand(number: string, id: string): Answer {
  const detail = `Order ${number} has heard of no command ${id}.`;
  return problem('not-found', { detail, figures: { order: number, command: id } });
}

async function sendCommand(services: Services, asked: Asked): Promise<Answer> {
  const { params, query, caller, id } = asked;
  const command = withTable(asked.body, services.shop);
  const order = await findOrder(services.db, params.number);
  const shown = order && shownTo(caller, order);
  if (!order || !shown) return noSuchOrder(params.number);
  const no = mayNotSend(caller, command);
  if (no) return no;
  const ifMatch = readIfMatch(asked.header('if-match'));
  if ('no' in ifMatch) return ifMatch.no;
  // What was done is answered again, even though it is what changed the order since.
  const mayBeRepeated = asked.isRepeatable && !query.preview;
  const before = mayBeRepeated ? await sentBefore(services, asked) : undefined;
  const { value: wanted } = ifMatch;
  // Money that is still to move may have been lost with the turn that decided it: the order is asked, too.
  const isMoving = wanted === 'any' && order.state.context.movements.length > 0;
  if (before && !(isMoving && before.status === 200)) return before;
  if (wanted !== 'any' && !matches(wanted, order)) {
    return changedSince(services, caller, wanted, order);
  }
  if (query.preview) return previewOf(services, order, { command, caller, id });
  return send(services, { ...asked, body: command }, order, wanted);
}

/** The first outcome again of a command whose id the order knows already. */
async function sentBefore(services: Services, asked: Asked): Promise<Answer | undefined> {
  const { params, caller, id, body: command } = asked;
  const record = await findCommand(services.db, params.number, id);
  if (!record) return undefined;
  const [recorded] = await listEvents(services.db, params.number, {
    after: record.seq - 1,
    limit: 1,
  });
  const isSame =
    record.type === command.type &&
    isDeepStrictEqual(record.actor, actorOf(caller)) &&
    (!recorded ||
      recorded.event.id !== id ||
      isDeepStrictEqual(askedIn(recorded.event), withoutTable(command)));
  if (!isSame) {
    const detail = 'The order knows another command of this id; nothing was done.';
    return problem('idempotency-key-reused', { detail });
  }
  return outcomeAnswer(services, asked, { ...record, repeated: true });
}

function askedIn(event: OrderEvent): unknown {
  const { id: _, at: __, actor: ___, cause: ____, ...command } = event;
  return command;
}

async function send(
  services: Services,
  asked: Asked,
  order: StoredOrder,
  wanted: IfMatch,
): Promise<Answer> {
  const { caller, id, body: command } = asked;
  // Others may change the order before it takes this: it compares again.
  const version = wanted === 'any' ? undefined : order.version;
  const sent = await services.client.command(order.number, order.shop, command, {
    ...{ id, actor: actorOf(caller) },
    ...(version !== undefined && { version }),
  });
  const outcome = sent.outcome === 'answered' ? sent.result.outcome : sent.outcome;
  services.metrics.countCommand(command.type, outcome);
  switch (sent.outcome) {
    case 'unreachable':
      return notTaken(asked, sent);
    case 'turned-away':
      return sent.refusal
        ? refused(refusalFor(caller, sent.refusal))
        : invalid([{ pointer: '', detail: sent.detail }]);
    case 'pending':
      return outcomeAnswer(services, asked, { id, type: command.type, outcome: 'pending', seq: 0 });
    case 'answered':
      return outcomeAnswer(services, asked, sent.result);
  }
}

async function outcomeAnswer(
  services: Services,
  { params: { number }, caller }: Asked,
  { id, type, outcome, seq, refusal, repeated }: MessageResult,
): Promise<Answer> {
  const command = { id, type, outcome, seq };
  const isStale = refusal?.code === 'precondition-failed';
  if (refusal && !isStale) return refused(refusalFor(caller, refusal), { command });
  const order = await findOrder(services.db, number);
  if (order && isStale) {
    return changedSince(services, caller, [Number(refusal.figures.expected)], order);
  }
  const shown = order && shownTo(caller, order);
  if (!shown) return noSuchOrder(number);
  const headers = { ETag: etagOf(shown), ...(repeated && { 'Idempotent-Replayed': 'true' }) };
  if (outcome === 'done') return answer(200, { command, order: shown }, headers);
  const waits = { Location: commandAddress(number, id), 'Retry-After': '1' };
  return answer(202, { command, number, order: shown }, { ...headers, ...waits });
}
