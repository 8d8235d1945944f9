import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { Actor } from '../../machines/events';
import type { ProblemCode } from '../problem-kinds';
import type { Answer } from './answers';

export type Role = Actor['role'];

/** Whose key or session a request brought. */
export interface Caller {
  /** The key's id, not the key; the user's where it was a session. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The fulfilment partner whose key it is, or whom the user works for. */
  readonly partner?: string;
  /** Of somebody who signed in; keys have none. */
  readonly user?: { readonly email: string; readonly session: string };
}

/** The order number a repeatable request was given, so that its repetition is given the same. */
export interface NumberKeeper {
  readonly given: string | undefined;
  /** Remembers a number; the first one that was remembered counts, unless it is the one that turned out taken. */
  keep(number: string, taken?: string): Promise<string>;
}

/** A request that passed its call's checks. */
export interface Incoming<Params, Query, Body> {
  readonly caller: Caller;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The body as it was sent: its bytes, where the call is raw. */
  readonly sent: unknown;
  readonly headers: IncomingHttpHeaders;
  /** What the request is known by when it is sent again: the Idempotency-Key, or a fresh id. */
  readonly id: string;
  /** True when the sender chose the id. */
  readonly isRepeatable: boolean;
  /** Where a repeatable request keeps the order number it was given. */
  readonly numbers?: NumberKeeper;
  readonly header: (name: string) => string | undefined;
  /** Where the request came from. */
  readonly address: string;
  /** Whether it came encrypted as far as this process. */
  readonly isEncrypted: boolean;
}

/** One answer as the documentation says it. */
export interface Documented {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** application/json unless said. */
  readonly contentType?: string;
  readonly headers?: readonly HeaderName[];
}

export const headerNotes = {
  ETag: 'The version of the order, for If-Match.',
  Location: 'Where the answer is, or will be.',
  Link: 'The next page, as rel="next".',
  'Retry-After': 'Seconds to wait before asking again.',
  'Idempotent-Replayed': 'true when this is the first answer again.',
} as const;
export type HeaderName = keyof typeof headerNotes;

/**
 * One call of the API: the router, the checks and the documentation are all made from it.
 *
 * - `roles`: whose keys may call it, besides an admin's; `anyone` needs no key.
 * - `path`: as OpenAPI writes it.
 * - `params`: a path that does not fit is not found; `query` and `body`: one that does not fit is 422.
 * - `problems`: what it answers with besides what its checks imply.
 */
export interface Call<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly roles: readonly Role[] | 'anyone';
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** The body is somebody else's: its bytes are handed over unread. */
  readonly isRaw?: true;
  /** How many bytes a raw body has at most; 1 MB unless said. */
  readonly largest?: number;
  /** Reads the body instead of its schema, where something else checks the same. */
  readonly readBody?: (
    json: unknown,
  ) => { readonly value: z.output<Body> } | { readonly no: Answer };
  /** False: such a request does nothing, and its Idempotency-Key stays free. */
  readonly keepsAnswer?: (query: z.output<Query>) => boolean;
  /** What of an answer's body is kept to be given again; all of it unless said. */
  readonly keptBody?: (body: unknown) => unknown;
  readonly ifMatch?: true;
  /**
   * How often it may be made with one value of a parameter of its path, by whomever; from one address where
   * strangers could else use up what is somebody's.
   */
  readonly limit?: {
    readonly by: string;
    readonly limit: number;
    readonly windowMs: number;
    readonly ofEachAddress?: true;
  };
  /** A stream that goes on after its Last-Event-ID. */
  readonly resumes?: true;
  readonly answers: Readonly<Record<number, Documented>>;
  readonly problems?: readonly ProblemCode[];
  // Written as a method, so that a call with narrower types is still a call.
  handle(incoming: Incoming<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<Answer>;
}

/** Gives the call back, its handler typed by its schemas. */
export function call<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  defined: Call<Params, Query, Body>,
): Call {
  return defined as unknown as Call;
}
