import { exchangedReturn } from '../returns/counts';
import { objectToExchange } from '../exchange/exchanging';
import { objectToNamed } from '../returns/finding';
import { objectToReceipt } from '../returns/receiving';
import { objectToRequest } from '../returns/requesting';
import { on, type Guard } from './question';

export const returnGuards = {
  returnable: on('request-return', ({ shop, status, context, event }) =>
    objectToRequest(shop, status, context, event),
  ),

  authorisable: on('authorise-return', ({ context, event }) =>
    objectToNamed(context, event.return, ['requested'], 'authorised'),
  ),

  declinable: on('decline-return', ({ context, event }) =>
    objectToNamed(context, event.return, ['requested'], 'declined'),
  ),

  receivable: on('receive-return', ({ shop, status, context, event }) =>
    objectToReceipt(shop, status, context, event),
  ),

  closable: on('close-return', ({ context, event }) =>
    objectToNamed(context, event.return, ['requested', 'authorised', 'received'], 'closed'),
  ),

  exchangeable: on('exchange', ({ shop, context, event }) =>
    objectToExchange(shop, context, event),
  ),

  isExchanging({ context, event }) {
    if (!('return' in event) || !('number' in event)) return undefined;
    const { return: id, number } = event as { return: string; number: string };
    if (exchangedReturn(context, { return: id, number })) return undefined;
    return { code: 'not-found', detail: `No exchange of return ${id} waits for order ${number}.` };
  },
} satisfies Record<string, Guard>;
