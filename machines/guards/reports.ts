import { objectToAskingAgain } from '../fulfilment/digital';
import { listed } from '../refusals';
import { on, type Guard } from './question';

/** Guards of what deliveries report: a second report about the same thing finds nothing open. */
export const reportGuards = {
  callIsOpen({ context, event }) {
    const call = 'call' in event ? event.call : '';
    if (context.calls.some(({ id }) => id === call)) return undefined;
    return { code: 'not-found', detail: `No call waits for the answer ${call}.` };
  },

  requestIsOpen({ context, event }) {
    const request = 'request' in event ? event.request : '';
    const isOpen = context.digital.some(({ id, failed }) => id === request && failed === undefined);
    if (isOpen) return undefined;
    return { code: 'not-found', detail: `No request ${request} waits for the provider.` };
  },

  deliverable: on('send-downloads', ({ shop, context, event }) =>
    objectToAskingAgain(shop, context, event),
  ),

  mayOverride: on('record-shipping-event', ({ shop, event }) => {
    const { roles } = shop.overrides ?? { roles: ['admin'] };
    const { role } = event.actor;
    if (event.override === undefined || roles.some((each) => each === role)) return undefined;
    return {
      code: 'forbidden',
      detail: `The role ${role} may not go over the shop's rules; ${listed(roles)} may. Send it without override.`,
      figures: { role, needed: roles },
      allowed: roles,
      errors: [{ pointer: '/override', detail: 'Leave it out.' }],
    };
  }),
} satisfies Record<string, Guard>;
