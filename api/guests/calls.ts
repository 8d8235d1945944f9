import { emailOf } from '../../db/placed/email';
import type { Claim } from '../../db/secrets/signed-tokens';
import { viewOrder } from '../../machines/views/order';
import { viewForGuest } from '../../machines/views/guest-order';
import { findOrder } from '../found-order';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import { orderParams } from '../schemas/parameters';
import type { Services } from '../services';
import { noSuchOrder } from '../shown-order';
import { isSameEmail } from './same-email';
import { guestLink, guestOrder, guestParams, guestQuery } from './schemas';

const PURPOSE: Claim['purpose'] = 'guest-order';
const DAY_MS = 86_400_000;
/** No order is numbered so: whoever asks with a wrong token is answered as late as anybody. */
const NOBODY = '';
/** Enough for a customer who mistypes; far too few to guess. */
const PER_LINK = { limit: 10, windowMs: 60_000 };

export function guestCalls({ db, guests, tokens, now }: Services): Call[] {
  return [
    call({
      operationId: 'createGuestLink',
      method: 'post',
      path: '/v1/orders/{number}/guest-link',
      tag: 'Guests',
      summary: 'A link by which a customer without an account follows the order',
      description:
        'Signed, and good until `expiresAt`; who follows it needs the e-mail of the order as well. Not for customers of whom the order says `guest: false`: their account shows it.',
      roles: ['storefront', 'clerk'],
      params: orderParams,
      answers: { 200: { description: 'The link.', schema: guestLink } },
      problems: ['validation'],
      async handle({ params: { number } }) {
        const order = await findOrder(db, number);
        if (!order) return noSuchOrder(number);
        const { customer = {} } = order.state.context.placement ?? {};
        if (!customer.email) return noLink(number, 'has no e-mail address');
        if (customer.guest === false) return noLink(number, 'belongs to an account');
        const ends = new Date(Date.parse(now()) + guests.days * DAY_MS);
        const expiresAt = ends.toISOString();
        const token = await tokens.sign({ purpose: PURPOSE, subject: number, expiresAt });
        return answer(200, { url: guests.url + token, expiresAt });
      },
    }),
    call({
      operationId: 'followOrder',
      method: 'get',
      path: '/v1/guest/{token}',
      tag: 'Guests',
      summary: 'An order for whoever has its link and its e-mail',
      description:
        'Needs no key. A wrong link, one that has ended, and a wrong e-mail are answered alike.',
      roles: 'anyone',
      limit: { ...PER_LINK, by: 'token' },
      params: guestParams,
      query: guestQuery,
      answers: {
        200: { description: 'The order, as far as a guest sees it.', schema: guestOrder },
      },
      problems: ['not-found', 'validation', 'rate-limited'],
      async handle({ params: { token }, query: { email } }) {
        const read = await tokens.read(PURPOSE, token, new Date(now()));
        const number = read.outcome === 'valid' ? read.subject : NOBODY;
        // Asked and compared in every case, so that the time it takes says nothing.
        const known = await emailOf(db, number);
        const isRight = isSameEmail(known ?? '', email) && known !== undefined;
        const order = isRight ? await findOrder(db, number) : undefined;
        if (!order) return nothingHere();
        return answer(200, viewForGuest(order.shop, viewOrder(order.shop, order)));
      },
    }),
  ];
}

function noLink(number: string, why: string): Answer {
  const detail = `Order ${number} ${why}: there is no link for a guest.`;
  return problem('validation', { detail, errors: [{ in: 'path', pointer: '/number', detail }] });
}

function nothingHere(): Answer {
  const detail = 'There is no order at this link with this e-mail; a link also ends after a while.';
  return problem('not-found', { detail });
}
