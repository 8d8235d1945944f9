import type { Authorisation } from './books';
import type { DeclineCode, Movement } from './entries';
import type { AuthorisationRequest, FollowUpRequest } from './requests';
import type { Character } from './tokens';

type Moved = Pick<Movement, 'amount' | 'currency' | 'expiresAt' | 'final'>;

/** What the bank says: what moves, or why nothing does. */
export type Verdict = { moved: Moved } | { declined: { code: DeclineCode; message: string } };

/** Decides on a new authorisation, or one that renews another, by the card's character. */
export function decideAuthorisation(
  request: AuthorisationRequest,
  character: Character,
  at: string,
): Verdict {
  if (character.declines) return { declined: character.declines };
  if (request.renews !== undefined) {
    if (!character.can.renewable)
      return declined('not_renewable', 'The card is held again by its holder only.');
    if (character.declinesRenewal) return declined('card_declined', 'The card was declined.');
  }
  const { amount, currency } = request;
  const expiresAt = new Date(Date.parse(at) + character.lives * 1000).toISOString();
  return { moved: { amount, currency, expiresAt } };
}

/** Decides on a capture, refund or void by what is left of the authorisation. */
export function decideFollowUp(
  request: FollowUpRequest,
  authorisation: Authorisation,
  character: Character,
  at: string,
): Verdict {
  const { currency } = authorisation.movement;
  if ('currency' in request && request.currency !== undefined && request.currency !== currency)
    return declined('currency_mismatch', `The authorisation is in ${currency}.`);

  switch (request.kind) {
    case 'capture':
      return decideCapture(request.amount, authorisation, character, at);
    case 'refund':
      return decideRefund(request, authorisation);
    case 'void':
      return decideVoid(authorisation, at);
  }
}

function decideCapture(
  amount: number,
  authorisation: Authorisation,
  character: Character,
  at: string,
): Verdict {
  const left = uncaptured(authorisation);
  const gone = ended(authorisation, at);
  if (gone) return gone;
  if (authorisation.closed === 'captured' || left === 0)
    return declined('already_captured', 'Nothing is left to capture.');
  if (amount > left)
    return declined('capture_exceeds_authorisation', `${left} is left, ${amount} was asked for.`);
  const { captures } = character.can;
  if (captures === 'whole' && amount !== left)
    return declined('partial_capture_not_supported', `This card is captured whole: ${left}.`);
  const only = moved(amount, authorisation);
  return captures === 'once' ? { moved: { ...only.moved, final: true } } : only;
}

function decideRefund(
  request: Extract<FollowUpRequest, { kind: 'refund' }>,
  authorisation: Authorisation,
): Verdict {
  const { amount, capture } = request;
  const named = capture === undefined ? undefined : authorisation.captures.get(capture);
  const leftOfAll = authorisation.captured - authorisation.refunded;
  const left = named ? Math.min(leftOfAll, named.amount - named.refunded) : leftOfAll;
  if (amount > left)
    return declined('refund_exceeds_capture', `${left} can be refunded, ${amount} was asked for.`);
  return moved(amount, authorisation);
}

function decideVoid(authorisation: Authorisation, at: string): Verdict {
  const left = uncaptured(authorisation);
  const gone = ended(authorisation, at);
  if (gone) return gone;
  if (authorisation.closed === 'captured' || left === 0)
    return declined('nothing_to_void', 'Nothing is left to void.');
  return moved(left, authorisation);
}

function ended(authorisation: Authorisation, at: string): Verdict | undefined {
  if (authorisation.closed === 'voided')
    return declined('authorisation_voided', 'The authorisation was voided.');
  if (Date.parse(at) >= Date.parse(authorisation.expiresAt))
    return declined('authorisation_expired', `It expired at ${authorisation.expiresAt}.`);
  return undefined;
}

function uncaptured(authorisation: Authorisation): number {
  return authorisation.movement.amount - authorisation.captured;
}

function moved(amount: number, authorisation: Authorisation): { moved: Moved } {
  return { moved: { amount, currency: authorisation.movement.currency } };
}

function declined(code: DeclineCode, message: string): Verdict {
  return { declined: { code, message } };
}
