import { and } from 'xstate';
import * as apply from '../deciding/apply';
import { HOLD_ENDS } from '../deciding/due';
import type { EventOf } from '../events';
import { expireAuthorisation } from '../authorisations/expiring';
import { giveUp } from '../partners/rerouting';
import type { Kit } from './kit';

/** Whether people hold the order; one that loses an authorisation it needs, or a partner, is held for them. */
export function holdRegion({ build, act, accepts }: Kit) {
  const isExpiry = and(['isAboutAuthorisation', accepts('deadline', '')]);
  const expire = act((draft, event) => expireAuthorisation(draft, event as EventOf<'deadline'>));
  const isGivenUp = accepts('partner.given-up', '');
  const giveUpPartner = act((draft, event) => giveUp(draft, event as EventOf<'partner.given-up'>));
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
          'partner.given-up': [
            { target: 'held', guard: and(['losesPartner', isGivenUp]), actions: giveUpPartner },
            { guard: isGivenUp, actions: giveUpPartner },
          ],
          deadline: [
            { target: 'held', guard: and(['losesCover', isExpiry]), actions: expire },
            { guard: isExpiry, actions: expire },
          ],
        },
      },
      held: {
        on: {
          'partner.given-up': { guard: isGivenUp, actions: giveUpPartner },
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
