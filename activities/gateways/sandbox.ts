import { isNativeError } from 'node:util/types';
import { z } from 'zod';
import type { AskOutcome, CardGateway, Declined, Listed, Moved, MoveOutcome } from './port';
import { can, createCallbackReader, movedKinds } from './sandbox-callbacks';
import { wasNotSent } from './unsent';

export interface GatewayClientOptions {
  /** Base URL of the gateway. */
  url: string;
  /** How long an answer is waited for. */
  timeoutMs: number;
  /** Where the gateway tells of what moved; nowhere unless given, and never without the secret. */
  callbackUrl?: string;
  /** What it signs its callbacks with; without it none is read. */
  secret?: string;
  /** Node's own unless given; it keeps connections alive. */
  fetch?: typeof fetch;
}

/** An answer that means a mistake of ours: a key sent with another request, or no gateway at that URL. */
export class GatewayMisuse extends Error {
  override readonly name = 'GatewayMisuse';

  constructor(
    readonly call: string,
    readonly status: number,
    readonly answer: unknown,
  ) {
    super(`${call} was answered ${status}: ${JSON.stringify(answer)}`);
  }
}

const movedSchema = z
  .object({
    reference: z.string(),
    amount: z.int(),
    expiresAt: z.string().optional(),
    can: can.optional(),
  })
  .transform(({ reference, amount, expiresAt, can }): Moved => ({
    outcome: 'moved',
    reference,
    amount,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(can !== undefined && { can }),
  }));

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

const declinedSchema = z
  .object({ status: z.literal('declined'), code: z.string(), message: z.string() })
  .transform(({ code, message }): Declined => ({ outcome: 'declined', code, message }));

const chargesSchema = z.object({
  charges: z.array(z.looseObject({ key: z.string(), status: z.string() })),
});

/** Refusals that are no decision of the bank's but, like one, leave nothing moved. */
const REFUSALS = new Set(['invalid_request', 'unknown_authorisation']);

interface Answer {
  status: number;
  body: unknown;
}

/** The sandbox gateway over HTTP; throws `GatewayMisuse` for what is no outcome, `TypeError` for a URL that is none. */
export function createGatewayClient(options: GatewayClientOptions): CardGateway {
  const { timeoutMs, callbackUrl, secret, fetch: send = fetch } = options;
  const telling = secret !== undefined && callbackUrl !== undefined ? { callbackUrl } : {};
  const base = new URL(options.url).href.replace(/\/+$/, '');

  async function call(path: string, init: RequestInit): Promise<Answer> {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await send(`${base}${path}`, { ...init, signal });
    const text = await response.text();
    return { status: response.status, body: parseJson(text) };
  }

  async function move(
    path: string,
    request: object,
    key: string,
    token?: string,
  ): Promise<MoveOutcome> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    try {
      const body = JSON.stringify(request);
      const { status, body: said } = await call(path, { method: 'POST', headers, body });
      return moveOutcome(path, { status, body: withoutToken(said, token) });
    } catch (error) {
      if (error instanceof GatewayMisuse) throw error;
      const outcome = wasNotSent(error) ? 'unreachable' : 'unknown';
      return { outcome, why: describe(error) };
    }
  }

  return {
    authorise: (request, key) =>
      move(
        '/authorisations',
        { ...telling, ...request },
        key,
        'token' in request ? request.token : undefined,
      ),
    capture: (request, key) => move('/captures', request, key),
    refund: (request, key) => move('/refunds', request, key),
    void: (request, key) => move('/voids', request, key),
    async ask({ key }) {
      try {
        const answer = await call(`/charges?reference=${encodeURIComponent(key)}`, {});
        return askOutcome(key, answer);
      } catch (error) {
        if (error instanceof GatewayMisuse) throw error;
        return { outcome: 'unreachable', why: describe(error) };
      }
    },
    async movements(order) {
      try {
        return movementsOf(
          order,
          await call(`/charges?reference=${encodeURIComponent(order)}`, {}),
        );
      } catch (error) {
        if (error instanceof GatewayMisuse) throw error;
        return { outcome: 'unreachable', why: describe(error) };
      }
    },
    ...(secret !== undefined && { readCallback: createCallbackReader(secret) }),
  };
}

function moveOutcome(path: string, { status, body }: Answer): MoveOutcome {
  if (status >= 500) return { outcome: 'unknown', why: `answered ${status}` };
  if (status === 409) return { outcome: 'busy' };
  if (status === 201) {
    const moved = movedSchema.safeParse(body);
    return moved.success ? moved.data : { outcome: 'unknown', why: 'unreadable answer' };
  }
  const refusal = errorSchema.safeParse(body).data?.error;
  if (refusal && (status === 402 || REFUSALS.has(refusal.code)))
    return { outcome: 'declined', ...refusal };
  throw new GatewayMisuse(`POST ${path}`, status, body);
}

/** What a gateway says is kept and shown, so the token that it may quote is the card in it. */
function withoutToken(said: unknown, token = ''): unknown {
  if (token === '') return said;
  return JSON.parse(JSON.stringify(said ?? null), (_name, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(token, 'the card') : value,
  );
}

const movementsSchema = z.object({
  charges: z.array(
    z.object({
      kind: z.enum(['authorisation', 'capture', 'refund', 'void']),
      status: z.string(),
      order: z.string(),
      key: z.string(),
      reference: z.string().optional(),
      authorisation: z.string().optional(),
      amount: z.int(),
      currency: z.string(),
      at: z.string(),
    }),
  ),
});

function movementsOf(order: string, { status, body }: Answer): Listed {
  if (status >= 500) return { outcome: 'unreachable', why: `answered ${status}` };
  const parsed = movementsSchema.safeParse(body);
  if (status !== 200 || !parsed.success) throw new GatewayMisuse('GET /charges', status, body);
  const movements = parsed.data.charges.flatMap((charge) => {
    const { kind, reference, authorisation, key, amount, currency, at } = charge;
    // What it finds by its name may be another order's key.
    if (charge.order !== order || reference === undefined || authorisation === undefined) return [];
    return [{ kind: movedKinds[kind], key, reference, authorisation, amount, currency, at }];
  });
  return { outcome: 'listed', movements };
}

function askOutcome(key: string, { status, body }: Answer): AskOutcome {
  if (status >= 500) return { outcome: 'unreachable', why: `answered ${status}` };
  const parsed = chargesSchema.safeParse(body);
  if (status !== 200 || !parsed.success) throw new GatewayMisuse('GET /charges', status, body);

  // The gateway also finds by order and reference, and what it finds may be named like the key.
  const own = parsed.data.charges.filter((charge) => charge.key === key);
  const moved = own.find((charge) => charge.status !== 'declined');
  if (moved) return movedSchema.parse(moved);
  const declined = own.at(-1);
  return declined ? declinedSchema.parse(declined) : { outcome: 'absent' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describe(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  const cause = isNativeError(error.cause) ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
