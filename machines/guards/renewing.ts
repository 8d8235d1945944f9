import { objectToRenewal } from '../renewing/objections';
import type { OrderState } from '../state';
import { on, type Guard } from './question';

export const renewingGuards = {
  renewable: on('renew', ({ shop, status, context, event }) => {
    // Only the status of the machine's value is asked for.
    const value: OrderState['value'] = { status, payment: 'idle', hold: 'free' };
    return objectToRenewal(shop, { value, context }, event);
  }),
} satisfies Record<string, Guard>;
