import { randomUUID } from 'node:crypto';
import type { Authorisation, Books } from './books';
import { decideAuthorisation, decideFollowUp } from './decide';
import type { Outcome } from './entries';
import type { AuthorisationRequest, FollowUpRequest, Request } from './requests';
import { characterOf, type Character } from './tokens';

const PREFIX = { authorisation: 'auth', capture: 'cap', refund: 'ref', void: 'void' } as const;

/** A request together with what it is about. */
export type Case = { character: Character } & (
  | { request: AuthorisationRequest; token: string }
  | { request: FollowUpRequest; authorisation: Authorisation }
);

/** When and under which key a request came. */
export interface Sent {
  key: string;
  fingerprint: string;
  at: string;
}

/** The case of a request, or undefined if it names an authorisation or capture the books do not know. */
export function caseOf(request: Request, books: Books): Case | undefined {
  if (request.kind === 'authorisation') {
    const token = tokenOf(request, books);
    return token === undefined ? undefined : { request, token, character: characterOf(token) };
  }
  const authorisation = authorisationOf(request, books);
  return authorisation && { request, authorisation, character: characterOf(authorisation.token) };
}

/** Decides the case and writes down the outcome; a movement gets its reference here. */
export function outcomeOf(matter: Case, sent: Sent): Outcome {
  return 'authorisation' in matter ? followUp(matter, sent) : authorisation(matter, sent);
}

/** The card that is named, or that of the authorisation which is renewed. */
function tokenOf({ token, renews = '' }: AuthorisationRequest, books: Books): string | undefined {
  return token ?? books.authorisation(renews)?.token;
}

function authorisationOf(request: FollowUpRequest, books: Books): Authorisation | undefined {
  if (request.kind === 'refund' && request.capture !== undefined)
    return books.authorisationOfCapture(request.capture);
  return request.authorisation === undefined
    ? undefined
    : books.authorisation(request.authorisation);
}

function authorisation(
  { request, token, character }: Extract<Case, { request: AuthorisationRequest }>,
  sent: Sent,
): Outcome {
  const verdict = decideAuthorisation(request, character, sent.at);
  const known = { ...sent, ...request, token };
  if ('declined' in verdict) return { entry: 'declined', ...known, ...verdict.declined };
  const reference = newReference(request.kind);
  return { entry: 'moved', ...known, reference, authorisation: reference, ...verdict.moved };
}

function followUp(
  { request, authorisation, character }: Extract<Case, { request: FollowUpRequest }>,
  sent: Sent,
): Outcome {
  const verdict = decideFollowUp(request, authorisation, character, sent.at);
  const { reference, currency } = authorisation.movement;
  const known = { amount: 0, ...sent, ...request, authorisation: reference, currency };
  if ('declined' in verdict) return { entry: 'declined', ...known, ...verdict.declined };
  return { entry: 'moved', ...known, reference: newReference(request.kind), ...verdict.moved };
}

function newReference(kind: keyof typeof PREFIX): string {
  return `${PREFIX[kind]}_${randomUUID().replaceAll('-', '')}`;
}
