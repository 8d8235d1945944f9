import { findFeed } from '../../db/partners/feeds';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import type { Services } from '../services';
import { callbackParams, pickUpBegun } from './callback-schemas';

/** Picking up at once what partners say that call nobody. */
export function pickUpCalls({ db, client }: Services): Call[] {
  return [
    call({
      operationId: 'pickUpMessages',
      method: 'post',
      path: '/v1/partners/{code}/pick-ups',
      tag: 'Partners',
      summary: 'Fetch now what a partner has to say',
      description:
        'Its feed is fetched to its end, as it is by itself every so often. One that is being fetched is not fetched twice.',
      roles: ['clerk'],
      params: callbackParams,
      answers: { 202: { description: 'It is being fetched.', schema: pickUpBegun } },
      problems: ['temporal-unavailable'],
      async handle({ params: { code } }) {
        const partner = await findFeed(db, code);
        if (!partner) {
          const detail = `${code} is no active partner with a feed.`;
          return problem('not-found', { detail, figures: { partner: code } });
        }
        if (await client.pickUp(code)) return answer(202, { partner: code, feed: partner.feed });
        const detail = 'Temporal cannot be reached; try again.';
        return problem('temporal-unavailable', { detail });
      },
    }),
  ];
}
