import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { problem, type RequestFault } from '../problems';
import { send, type Answer } from './answers';
import { jsonFault } from './json-fault';

const LARGEST = '1mb';
const MEGABYTE = 1024 * 1024;
const DEEPEST = 32;
/** NUL, and halves of a surrogate pair. */
const UNKEEPABLE = /\0|\p{Surrogate}/u;

/** Reads JSON bodies; a body of another kind is left unread for `unreadable` to refuse. */
export function readBodies(): RequestHandler {
  return express.json({ limit: LARGEST, strict: false, type: ['application/json', '+json'] });
}

/** Hands over the bytes of a body as they came; at most so many. */
export function readBytes(limit: number | string = LARGEST): RequestHandler {
  return express.raw({ limit, type: () => true });
}

/** Answers for a body that could not be read; every other error goes on. */
export function bodyProblems(): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const found = bodyProblem(error as BodyError);
    if (found) send(response, found);
    else next(error);
  };
}

interface BodyError {
  readonly type?: string;
  readonly body?: unknown;
  /** Node's own, such as Z_DATA_ERROR. */
  readonly code?: unknown;
  /** Bytes that it may have. */
  readonly limit?: number;
}

function bodyProblem({ type, body, code, limit = 0 }: BodyError): Answer | undefined {
  switch (type) {
    case 'entity.parse.failed': {
      const fault = typeof body === 'string' ? jsonFault(body) : undefined;
      const detail = fault ?? 'The body stops being JSON.';
      return problem('malformed-json', { detail, errors: [{ pointer: '', detail }] });
    }
    case 'entity.too.large':
      return problem('body-too-large', { detail: `The body has more than ${sizeOf(limit)}.` });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return problem('unsupported-media-type', { detail: 'Send the body as JSON in UTF-8.' });
    case 'request.aborted':
    case 'request.size.invalid':
      return problem('malformed-json', { detail: 'The body was cut off.' });
    default:
      if (!String(code).startsWith('Z_')) return undefined;
      return problem('malformed-json', {
        detail: 'The body is not compressed as its Content-Encoding says.',
      });
  }
}

function sizeOf(bytes: number): string {
  return bytes < MEGABYTE ? `${bytes / 1024} kB` : `${bytes / MEGABYTE} MB`;
}

/** The places that no database keeps as they are sent: characters PostgreSQL refuses, numbers JSON has not. */
export function unkeepable(value: unknown, pointer = '', depth = 0): RequestFault[] {
  if (typeof value === 'string') {
    if (!UNKEEPABLE.test(value)) return [];
    return [{ pointer, detail: 'The text holds a character that cannot be kept.' }];
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? [] : [{ pointer, detail: 'The number is too large.' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (depth === DEEPEST) return [{ pointer, detail: `Nothing is nested deeper than ${DEEPEST}.` }];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...unkeepable(name, `${pointer}/${escaped(name)}`, depth),
    ...unkeepable(inner, `${pointer}/${escaped(name)}`, depth + 1),
  ]);
}

/** A name as a JSON pointer writes it (RFC 6901). */
export function escaped(name: string | number | symbol): string {
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1');
}
