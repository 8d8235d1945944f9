import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { z } from 'zod';
import { problem, type RequestFault } from '../problems';
import type { Answer } from './answers';
import { escaped, unkeepable } from './body';
import type { Call, Caller, Incoming } from './call';
import { sentenceFor } from './sentences';

type Read = { readonly incoming: Incoming<unknown, unknown, unknown> } | { readonly no: Answer };
type Part<Value> = { readonly value: Value } | { readonly no: Answer };

const wording = { error: sentenceFor };
const KEY = /^[!-~]{1,128}$/;

/** Checks a request against its call, and says everything that is wrong with it at once. */
export function readRequest(call: Call, request: Request, caller: Caller): Read {
  const params = readParams(call, request);
  if ('no' in params) return params;
  const query = readQuery(call, request);
  const body = 'no' in query ? query : readBody(call, request);
  const key = 'no' in body ? body : readKey(call, request);
  if ('no' in query) return query;
  if ('no' in body) return body;
  if ('no' in key) return key;
  const incoming = {
    caller,
    params: params.value,
    query: query.value,
    body: body.value,
    sent: request.body as unknown,
    headers: request.headers,
    id: key.value ?? randomUUID(),
    isRepeatable: key.value !== undefined,
    header: (name: string) => request.get(name),
    address: request.ip ?? '',
    isEncrypted: request.secure,
  };
  return { incoming };
}

function readParams({ params }: Call, request: Request): Part<unknown> {
  const parsed = params?.safeParse(request.params, wording);
  if (!parsed) return { value: {} };
  if (unkeepable(request.params).length > 0) {
    return { no: problem('not-found', { detail: 'There is nothing at this address.' }) };
  }
  if (parsed.success) return { value: parsed.data };
  const detail = `There is nothing at this address: ${parsed.error.issues[0]?.message ?? ''}`;
  return { no: problem('not-found', { detail }) };
}

function readQuery({ query, roles }: Call, request: Request): Part<unknown> {
  // Probes and scrapers add what they like.
  if (!query && roles === 'anyone') return { value: {} };
  const known = Object.keys(request.query);
  if (!query && known.length > 0) {
    const errors = known.map((name) => fault([name], `There is no parameter ${name}.`, 'query'));
    return { no: invalid(errors) };
  }
  const errors = unkeepable(request.query).map((each) => ({ ...each, in: 'query' as const }));
  if (errors.length > 0) return { no: invalid(errors) };
  const parsed = query?.safeParse(request.query, wording);
  if (!parsed) return { value: {} };
  return parsed.success ? { value: parsed.data } : { no: invalid(faultsOf(parsed.error, 'query')) };
}

function readBody({ body, readBody: read }: Call, request: Request): Part<unknown> {
  if (!body) return { value: undefined };
  // Express answers null for no body at all and false for a body of another kind.
  const isForeign = request.is(['application/json', '+json']) === false;
  if (isForeign && request.get('content-length') !== '0') {
    const sent = request.get('content-type') ?? 'without Content-Type';
    const detail = `The body is ${sent}; send JSON with Content-Type: application/json.`;
    return { no: problem('unsupported-media-type', { detail }) };
  }
  const value: unknown = request.body ?? (acceptsNothing(body) ? {} : undefined);
  if (value === undefined) return { no: invalid([fault([], 'A body in JSON is needed.')]) };
  const errors = unkeepable(value);
  if (errors.length > 0) return { no: invalid(errors) };
  if (read) return read(value);
  const parsed = body.safeParse(value, wording);
  return parsed.success ? { value: parsed.data } : { no: invalid(faultsOf(parsed.error)) };
}

/** Whether everything in a body may be left out, and so the body itself. */
export function acceptsNothing(body: z.ZodType): boolean {
  return body.safeParse({}).success;
}

function readKey({ method }: Call, request: Request): Part<string | undefined> {
  const key = method === 'post' ? request.get('idempotency-key') : undefined;
  if (key === undefined || KEY.test(key)) return { value: key };
  const detail = 'An Idempotency-Key has 1 to 128 visible ASCII characters.';
  return { no: invalid([fault(['Idempotency-Key'], detail, 'header')]) };
}

function fault(path: readonly PropertyKey[], detail: string, place?: RequestFault['in']) {
  const pointer = path.map((name) => `/${escaped(name)}`).join('');
  return { pointer, detail, ...(place && { in: place }) };
}

/** Each issue with its pointer; a field that is not known is pointed at itself, not at its object. */
function faultsOf({ issues }: z.ZodError, place?: RequestFault['in']): RequestFault[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys')
      return fault(issue.path, sentence(issue.message), place);
    return issue.keys.map((name) =>
      fault([...issue.path, name], `There is no field ${name}.`, place),
    );
  });
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`;
}

export function invalid(errors: readonly RequestFault[]): Answer {
  const detail = errors.map((each) => `${each.pointer || '/'}: ${each.detail}`).join(' ');
  return problem('validation', { detail, errors });
}
