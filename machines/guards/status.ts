import { openFaults } from '../fulfilment/cancelling';
import { objectToLineStatus } from '../fulfilment/lines';
import { waitFor } from '../fulfilment/units';
import { nextStatuses } from '../pipeline';
import { listed } from '../refusals';
import { agreed } from '../state';
import type { BlockableCommand } from '../table';
import { isTime, TIME } from '../time';
import { obligationsOf } from './obligations';
import { on, type Guard } from './question';

export const statusGuards = {
  notOnHold({ shop, context, event }) {
    const { hold } = context;
    // Asking the provider once more, or a partner, is to dispatch.
    const isDispatching = event.type === 'send-downloads' || event.type === 'hand-over';
    const type = isDispatching ? 'record-shipping-event' : event.type;
    if (!hold || !shop.holdBlocks.includes(type as BlockableCommand)) return undefined;
    const until = hold.until ? ` until ${hold.until}` : '';
    return {
      code: 'on-hold',
      detail: `Order ${agreed(context).number} is on hold${until} by ${hold.owner}: ${hold.reason}`,
      figures: { hold, blocks: shop.holdBlocks },
      allowed: ['release-hold'],
    };
  },

  statusFollows: on('set-status', ({ shop, status, context, event }) => {
    const allowed = nextStatuses(shop.orders.statuses, status);
    if (allowed.includes(event.status)) return undefined;
    const order = agreed(context).number;
    const known = Object.hasOwn(shop.orders.statuses, event.status);
    const unknown = known ? '' : ` ${event.status} is no order status of this shop.`;
    return {
      code: 'invalid-order-status',
      detail: `Order ${order} is ${status}; ${listed(allowed)} may follow, ${event.status} may not.${unknown}`,
      figures: { order, present: status, wanted: event.status },
      allowed,
      errors: [{ pointer: '/status', detail: `Choose one of: ${listed(allowed)}.` }],
    };
  }),

  nothingDispatchedIsCancelled: on('set-status', ({ shop, status, context, event }) => {
    if (!obligationsOf({ shop, status, context, event }).includes('cancel-units')) return undefined;
    const errors = openFaults(shop, context);
    if (errors.length === 0) return undefined;
    const order = agreed(context).number;
    return {
      code: 'invalid-order-status',
      detail: `Order ${order} cannot become ${event.status}: ${errors.map(({ detail }) => detail).join(' ')}`,
      figures: { order, present: status, wanted: event.status },
      allowed: nextStatuses(shop.orders.statuses, status).filter((next) => next !== event.status),
      errors,
    };
  }),

  nothingWaits: on('set-status', ({ shop, status, context, event }) => {
    if (!obligationsOf({ shop, status, context, event }).includes('consume')) return undefined;
    const waiting = context.lines.filter(({ backordered }) => backordered > 0);
    if (waiting.length === 0) return undefined;
    const order = agreed(context).number;
    const said = waiting.map(({ id, backordered }) => `Line ${id}: ${waitFor(backordered)}.`);
    return {
      code: 'invalid-stock-adjustment',
      detail: `Order ${order} cannot become ${event.status}, which consumes its stock. ${said.join(' ')} Cancel them, or wait.`,
      figures: { order, waiting: waiting.map(({ id, backordered }) => ({ id, backordered })) },
      errors: said.map((detail) => ({ pointer: '/status', detail })),
    };
  }),

  lineStatusFollows: on('set-line-status', ({ shop, context, event }) =>
    objectToLineStatus(shop, context, event),
  ),

  isFree: on('hold', ({ context, event }) => {
    const order = agreed(context).number;
    if (context.hold) {
      const detail = `Order ${order} is on hold already: ${context.hold.reason}`;
      return {
        code: 'on-hold',
        detail,
        figures: { hold: context.hold },
        allowed: ['release-hold'],
      };
    }
    const { until } = event;
    if (until === undefined || (isTime(until) && Date.parse(until) > Date.parse(event.at))) {
      return undefined;
    }
    const detail = `A hold lasts until a time to come; ${until} is none. ${TIME}`;
    return { code: 'validation', detail, errors: [{ pointer: '/until', detail }] };
  }),

  isHeld({ context }) {
    if (context.hold) return undefined;
    return { code: 'not-on-hold', detail: `Order ${agreed(context).number} is not on hold.` };
  },
} satisfies Record<string, Guard>;
