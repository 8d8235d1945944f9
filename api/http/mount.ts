import type { Express, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { bearerKey, denied, unauthenticated, type KeyRing } from '../auth';
import { problem } from '../problems';
import { send, type Answer } from './answers';
import { readBodies, readBytes } from './body';
import type { Call, Caller } from './call';
import { failure, isDatabaseAway } from './failures';
import type { Replays } from './replays';
import type { SessionRing } from '../sessions/ring';
import { readRequest } from './request';

/** Per key or user, or per address without one: far above what a busy shop needs, far below what hurts. */
const LIMIT = { windowMs: 10_000, limit: 5_000 };

export interface Doorkeepers {
  readonly keyRing: KeyRing;
  readonly sessions: SessionRing;
  readonly replays: Replays;
}

interface Locals {
  caller?: Caller;
  /** The path of the call, for the metrics. */
  path?: string;
}

const nobody: Caller = { id: '', name: 'anyone', role: 'viewer' };

/** Puts calls on the router: whose key, how often, may they, what do they ask, was it asked before. */
export function mount(app: Express, calls: readonly Call[], doorkeepers: Doorkeepers): void {
  const identify = identifier(doorkeepers);
  const limit = limiter();
  const bodies = readBodies();
  const bodiesOf = ({ body, isRaw, largest }: Call) =>
    isRaw ? [readBytes(largest)] : body ? [bodies] : [];
  for (const call of calls) {
    const here = localsOf((locals) => (locals.path = call.path));
    const guards = call.roles === 'anyone' ? [] : [identify, limit, guard(call)];
    const own = call.limit ? [limit, ownLimiter(call.limit)] : [];
    const chain = [here, ...guards, ...own, ...bodiesOf(call)];
    app[call.method](expressPath(call.path), ...chain, handler(call, doorkeepers.replays));
  }
  for (const path of new Set(calls.map((call) => call.path))) {
    const methods = calls.filter((call) => call.path === path).map(({ method }) => method);
    app.all(expressPath(path), otherMethod(methods));
  }
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function localsOf(change: (locals: Locals) => void): RequestHandler {
  return (_request, response, next) => {
    change(response.locals);
    next();
  };
}

/** A key counts for more than a cookie, which browsers send by themselves. */
function identifier({ keyRing, sessions }: Doorkeepers): RequestHandler {
  return async (request, response, next) => {
    const key = bearerKey(request.get('authorization'));
    if (key !== undefined) (response.locals as Locals).caller = await keyRing.callerOf(key);
    else if (request.get('authorization') === undefined) {
      const entered = await sessions.enter(request);
      if (entered?.setCookie !== undefined) response.append('Set-Cookie', entered.setCookie);
      (response.locals as Locals).caller = entered?.caller;
      const no = entered && sessions.objectionTo(request);
      if (no) return send(response, no);
    }
    next();
  };
}

function limiter(): RequestHandler {
  return rateLimit({
    ...LIMIT,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request, response) =>
      (response.locals as Locals).caller?.id ?? ipKeyGenerator(request.ip ?? ''),
    handler: (_request, response) => {
      const detail = `A key makes at most ${LIMIT.limit} requests in ${LIMIT.windowMs / 1000} s.`;
      send(response, problem('rate-limited', { detail }));
    },
  });
}

/** For calls that somebody without a key could use to guess. */
function ownLimiter({ by, limit, windowMs, ofEachAddress }: NonNullable<Call['limit']>) {
  return rateLimit({
    ...{ limit, windowMs, standardHeaders: 'draft-8', legacyHeaders: false },
    keyGenerator: (request) => {
      const value = String(request.params[by]);
      return ofEachAddress ? `${ipKeyGenerator(request.ip ?? '')} ${value}` : value;
    },
    handler: (_request, response) => {
      const detail = `Try at most ${limit} times in ${windowMs / 1000} s.`;
      send(response, problem('rate-limited', { detail }));
    },
  });
}

function guard(call: Call): RequestHandler {
  return (request, response, next) => {
    const { caller } = response.locals as Locals;
    const no = caller
      ? denied(call, caller)
      : unauthenticated(bearerKey(request.get('authorization')) !== undefined);
    if (no) send(response, no);
    else next();
  };
}

function handler(call: Call, replays: Replays): RequestHandler {
  return async (request, response) => {
    const { caller = nobody } = response.locals as Locals;
    const answer = await answerOf(call, request, caller, replays).catch((error: unknown) => {
      logged(request, error);
      return failure(error);
    });
    if (!response.headersSent && !response.destroyed) send(response, answer);
  };
}

async function answerOf(
  call: Call,
  request: Request,
  caller: Caller,
  replays: Replays,
): Promise<Answer> {
  const read = readRequest(call, request, caller);
  if ('no' in read) return read.no;
  const { incoming } = read;
  const keeps = incoming.isRepeatable && (call.keepsAnswer?.(incoming.query) ?? true);
  if (!keeps) return call.handle(incoming);
  const address = `${request.method} ${request.originalUrl}`;
  return replays.once(incoming, address, {
    handle: (numbers) => call.handle({ ...incoming, numbers }),
    keptBody: call.keptBody ?? ((body) => body),
  });
}

function logged(request: Request, error: unknown): void {
  const what = isDatabaseAway(error) ? 'database away' : 'request failed';
  request.log.error({ err: error }, what);
}

function otherMethod(methods: readonly string[]): RequestHandler {
  const known = methods.includes('get') ? [...methods, 'head'] : methods;
  const allow = [...known, 'options'].map((method) => method.toUpperCase()).join(', ');
  return (request: Request, response: Response) => {
    if (request.method === 'OPTIONS') return void response.status(204).set('Allow', allow).end();
    const detail = `${request.method} does not exist here; there is ${allow}.`;
    send(response, problem('method-not-allowed', { detail, headers: { Allow: allow } }));
  };
}
