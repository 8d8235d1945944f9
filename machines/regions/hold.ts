import { and } from 'xstate';
import * as apply from '../deciding/apply';
import { HOLD_ENDS } from '../deciding/due';
import type { EventOf } from '../events';
import { expireAuthorisation } from '../authorisations/expiring';
import type { Kit } from './kit';

/** Whether people hold the order; one that loses an authorisation it needs is held for them. */
export function holdRegion({ build, act, accepts }: Kit) {
  const isExpiry = and(['isAboutAuthorisation', accepts('deadline', '')]);
  const expire = act((draft, event) => expireAuthorisation(draft, event as EventOf<'deadline'>));
  const endsHold = { target: 'free', actions: act(apply.releaseHold) };
  return build.createStateConfig({
    initial: 'free',
    states: {
      free: {
        on: {
          hold: {
            target: 'held',
            guard: accepts('hold', ''),
            actions: act((draft, event) => apply.hold(draft, event as EventOf<'hold'>)),
          },
          deadline: [
            { target: 'held', guard: and(['losesCover', isExpiry]), actions: expire },
            { guard: isExpiry, actions: expire },
          ],
        },
      },
      held: {
        on: {
          'release-hold': { ...endsHold, guard: accepts('release-hold', '') },
          deadline: [
            {
              ...endsHold,
              guard: and([
                { type: 'isNamed', params: { name: HOLD_ENDS } },
                accepts('deadline', ''),
              ]),
            },
            { guard: isExpiry, actions: expire },
          ],
        },
      },
    },
  });
}
