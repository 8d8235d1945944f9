import type { Knex } from 'knex';
import {
  claimCall,
  findCall,
  neverSent,
  resendCall,
  settleCall,
  type GatewayCall,
} from '../db/gateway-calls';
import type { MoveMoney, SettleMoney } from '../machines/effects';
import type { Answer } from '../machines/events';
import { mistake, retryTheWorld } from './failures';
import type {
  AskOutcome,
  CardGateway,
  Declined,
  Moved,
  MoveOutcome,
  Question,
} from './gateways/port';

type Movement = Omit<MoveMoney, 'type'>;

/** What the activities need of their surroundings. */
export interface Surroundings {
  readonly knex: Knex;
  readonly gateways: Readonly<Record<string, CardGateway>>;
  /** Tells Temporal that the attempt is alive. */
  readonly heartbeat: () => void;
  /** Rejects when the activity is to end. */
  readonly pause: (ms: number) => Promise<void>;
}

/** How often one activity sends a movement, and how long it waits before each question, in ms. */
const SENDS = 3;
const ASKS_AFTER = [100, 300, 700, 1500, 3000];
/** When no further question is begun, in ms from the first; what is under way then is still waited for. */
const GIVE_UP_AFTER = 10_000;
const HEARTBEAT_EVERY = 1000;

/** What a gateway is asked about a movement whose fate is not known. */
function questionOf(movement: Movement, since: string): Question {
  const { key, kind, order, payment, amount, currency, reference, renews } = movement;
  const authorisation = reference ?? renews;
  return { key, kind, order, payment, amount, currency, since, authorisation };
}

/** Moving money at a gateway: at most once per key, whoever dies when. */
export function createPayments({ knex, gateways, heartbeat, pause }: Surroundings) {
  const gatewayOf = ({ gateway, key }: Movement): CardGateway => {
    const found = gateways[gateway];
    if (found) return found;
    throw mistake('UnknownGateway', `${key}: no adapter is set up for the gateway ${gateway}.`);
  };

  const settled = async (movement: Movement, outcome: Moved | Declined): Promise<Answer> => {
    const { key, answer } = movement;
    if (outcome.outcome === 'declined') {
      const { code } = outcome;
      // A gateway may quote the card in what it says, and what it says is kept and shown.
      const message = movement.token
        ? outcome.message.replaceAll(movement.token, 'the card')
        : outcome.message;
      await settleCall(knex, key, { status: 'declined', code, message });
      return { type: 'payment.declined', key, code, message };
    }
    const { reference, amount, expiresAt, can } = outcome;
    const call = { status: 'moved', moved: amount, reference, expires_at: expiresAt, can } as const;
    await settleCall(knex, key, call);
    return {
      type: answer,
      key,
      reference,
      amount,
      ...(expiresAt && { expiresAt }),
      ...(can && { can }),
    };
  };

  /** Sends under the key; a gateway that heard of it before gives its first answer. */
  const send = (movement: Movement): Promise<MoveOutcome> => {
    const { kind, order, amount, currency, token = '', payment, key, renews, final } = movement;
    const { reference: authorisation = '' } = movement;
    const gateway = gatewayOf(movement);
    switch (kind) {
      case 'authorise': {
        const card = renews === undefined ? { token } : { renews };
        return gateway.authorise({ order, amount, currency, payment, ...card }, key);
      }
      case 'capture': {
        const how = final === undefined ? {} : { final };
        return gateway.capture({ order, authorisation, amount, currency, ...how }, key);
      }
      case 'refund':
        return gateway.refund({ order, authorisation, amount, currency }, key);
      case 'void':
        return gateway.void({ order, authorisation }, key);
    }
  };

  /** What our own ledger remembers of a movement that was answered before. */
  const remembered = ({ answer, key }: Movement, call: GatewayCall): Answer | undefined => {
    if (call.status === 'declined') {
      const { code, message } = call;
      return { type: 'payment.declined', key, code: code ?? '', message: message ?? '' };
    }
    if (call.status !== 'moved') return undefined;
    const { reference, moved, expires_at: expiresAt, can } = call;
    return {
      type: answer,
      key,
      reference: reference ?? '',
      amount: moved ?? 0,
      ...(expiresAt && { expiresAt }),
      ...(can && { can }),
    };
  };

  /** Marks a movement as on its way again; else the answer that has become known, and nothing is to be sent. */
  const markAgain = async (movement: Movement): Promise<Answer | undefined> => {
    if (await resendCall(knex, movement.key)) return undefined;
    const call = await findCall(knex, movement.key);
    return call && remembered(movement, call);
  };

  /** Asks until the gateway knows; only what it has never heard of is sent (again). */
  const settle = async (
    movement: Movement,
    { why, sends, since }: { readonly why: string; readonly sends: number; readonly since: string },
  ): Promise<Answer> => {
    const until = Date.now() + GIVE_UP_AFTER;
    let last = why;
    let left = sends;
    for (const wait of ASKS_AFTER) {
      if (Date.now() + wait > until) break;
      await pause(wait);
      const told: AskOutcome | MoveOutcome = await gatewayOf(movement).ask(
        questionOf(movement, since),
      );
      const isResent = told.outcome === 'absent' && left > 0;
      const known = isResent ? await markAgain(movement) : undefined;
      if (known) return known;
      const now = isResent ? await send(movement) : told;
      if (told.outcome === 'absent') left -= 1;
      if (now.outcome === 'moved' || now.outcome === 'declined') return settled(movement, now);
      if ('why' in now) last = now.why;
    }
    return { type: 'payment.unknown', key: movement.key, why: last };
  };

  const firstSend = async (
    movement: Movement,
    { attempts, since }: GatewayCall,
  ): Promise<Answer> => {
    const { key } = movement;
    const outcome = await send(movement);
    if (outcome.outcome === 'moved' || outcome.outcome === 'declined') {
      return settled(movement, outcome);
    }
    if (outcome.outcome === 'unreachable') {
      const { why } = outcome;
      const isOurs = await neverSent(knex, key, { message: why, attempts });
      if (isOurs) return { type: 'payment.unreachable', key, why };
    }
    const why = 'why' in outcome ? outcome.why : 'the gateway is still busy with it';
    return settle(movement, { why, sends: SENDS - 1, since });
  };

  /** Runs an attempt while Temporal is told that it lives, so that a dead worker is noticed soon. */
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    const beat = setInterval(heartbeat, HEARTBEAT_EVERY);
    try {
      return await retryTheWorld(work);
    } finally {
      clearInterval(beat);
    }
  };

  /** Claims the key; a key under which something else was sent is a mistake, and nothing is sent. */
  const claim = async (movement: Movement, seq?: number): Promise<GatewayCall | undefined> => {
    const call = await claimCall(knex, movement, seq);
    const { key, payment, amount } = movement;
    if (!call || (call.payment === payment && call.amount === amount)) return call;
    const before = `${call.amount} on ${call.payment}`;
    throw mistake('KeyTaken', `${key} was ${before} before, and is ${amount} on ${payment} now.`);
  };

  const move = async (movement: Movement, seq?: number): Promise<Answer | 'overtaken'> => {
    const call = await claim(movement, seq);
    if (!call) return 'overtaken';
    const known = remembered(movement, call);
    if (known) return known;
    if (call.attempts === 1) return firstSend(movement, call);
    if (call.status === 'unreachable') {
      return (await markAgain(movement)) ?? firstSend(movement, call);
    }
    // An earlier attempt died, perhaps after the money had moved.
    const why = 'an earlier attempt ended without an answer';
    return settle(movement, { why, sends: SENDS, since: call.since });
  };

  /** `seq` is where the order's history ends by whoever decided this; `overtaken` where it does not, and nothing is done. */
  return {
    /** Moves money once under its key and answers with what the gateway said, or that nobody knows. */
    'move-money': (effect: MoveMoney, seq?: number): Promise<Answer | 'overtaken'> =>
      alive(() => move(effect, seq)),

    /** Asks what became of a movement, and sends it only if the gateway never heard of it. */
    'settle-money': (effect: SettleMoney, seq?: number): Promise<Answer | 'overtaken'> =>
      alive(async () => {
        const call = await claim(effect, seq);
        if (!call) return 'overtaken';
        const why = 'the gateway has not said yet';
        return remembered(effect, call) ?? settle(effect, { why, sends: SENDS, since: call.since });
      }),
  };
}
