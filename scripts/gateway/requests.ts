import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Kind } from './entries';

const name = z.string().min(1).max(255);
const amount = z.int().positive();
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters');

const authorisation = z
  .strictObject({
    order: name,
    amount,
    currency,
    token: name.optional(),
    payment: name.optional(),
    callbackUrl: z.url({ protocol: /^https?$/ }).optional(),
    renews: name.optional(),
  })
  .refine(
    (body) => (body.token === undefined) !== (body.renews === undefined),
    'must name either a token or the authorisation that it renews',
  );

const capture = z.strictObject({
  order: name,
  authorisation: name,
  amount,
  currency: currency.optional(),
  final: z.boolean().optional(),
});

const refund = z
  .strictObject({
    order: name,
    authorisation: name.optional(),
    capture: name.optional(),
    amount,
    currency: currency.optional(),
  })
  .refine(
    (body) => (body.authorisation === undefined) !== (body.capture === undefined),
    'must name either an authorisation or a capture',
  );

const voiding = z.strictObject({ order: name, authorisation: name });

const BODIES = { authorisation, capture, refund, void: voiding } satisfies Record<Kind, z.ZodType>;

type Bodies = { [K in Kind]: { kind: K } & z.infer<(typeof BODIES)[K]> };
export type AuthorisationRequest = Bodies['authorisation'];
/** A request about an authorisation that exists already. */
export type FollowUpRequest = Bodies['capture'] | Bodies['refund'] | Bodies['void'];
export type Request = AuthorisationRequest | FollowUpRequest;

/** The request, or what is wrong with it. */
export function parseRequest(kind: Kind, body: unknown): { request: Request } | { fault: string } {
  const parsed = BODIES[kind].safeParse(body);
  if (!parsed.success) return { fault: z.prettifyError(parsed.error) };
  return { request: { kind, ...parsed.data } as Request };
}

/** Equal for equal requests, whatever the order of their fields was when they were sent. */
export function fingerprint(request: Request): string {
  // Parsing has put the fields in the order of the schema. Where it is told of is not what is asked for.
  const asked = { ...request, callbackUrl: undefined };
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
}
