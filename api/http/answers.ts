import type { Response } from 'express';

/** What a call answers: JSON, a text with its own Content-Type, nothing, or a stream that stays open. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Takes the response over; nothing else is sent. */
  readonly stream?: (response: Response) => void;
}

export function answer(
  status: number,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, body, headers };
}

/** Sends an answer; a problem also says which request it is about. */
export function send(response: Response, { status, headers, body, stream }: Answer): void {
  // Answers have customers in them, and the next one may be another.
  response.status(status).set('Cache-Control', 'no-store').set(headers);
  if (stream && response.req.method !== 'HEAD') return stream(response);
  if (body === undefined) return void response.end();
  if (typeof body === 'string') return void response.send(body);
  const isProblem = headers['Content-Type'] === 'application/problem+json';
  const { originalUrl, id } = response.req as { originalUrl: string; id?: unknown };
  const about = isProblem ? { instance: originalUrl.split('?')[0], requestId: id } : {};
  // Not response.json: it would take the Content-Type of a problem for its own.
  if (!headers['Content-Type']) response.type('application/json');
  response.send(JSON.stringify({ ...(body as object), ...about }));
}
