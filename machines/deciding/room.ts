import { sum } from '../money';
import type { OrderEvent } from '../events';
import { objectToManyHandOvers } from '../partners/handing';
import type { Objection } from '../refusals';
import type { Note, OrderContext, Shipment } from '../state';
import { limits } from './limits';

function full(pointer: string, detail: string, figures: Record<string, number>): Objection {
  return { code: 'validation', detail, figures, errors: [{ pointer, detail }] };
}

function objectToNote(notes: readonly Note[], text: string, pointer: string) {
  const length = sum(notes.map((note) => note.text.length)) + text.length;
  if (notes.length < limits.notes && length <= limits.notesText) return undefined;
  const detail = `An order keeps at most ${limits.notes} notes of ${limits.notesText} characters together; it has ${notes.length}, and ${length} characters with this one.`;
  return full(pointer, detail, { notes: notes.length, characters: length });
}

function objectToShipment(shipments: readonly Shipment[]): Objection | undefined {
  const length = JSON.stringify(shipments).length;
  if (shipments.length < limits.shipments && length <= limits.shipmentsText) return undefined;
  const detail = `An order keeps at most ${limits.shipments} shipping events of ${limits.shipmentsText} characters together; it has ${shipments.length} of ${length}. Record more units at a time.`;
  return full('', detail, { shipments: shipments.length, characters: length });
}

function objectToReturns({ returns }: OrderContext): Objection | undefined {
  const length = JSON.stringify(returns).length;
  if (returns.length < limits.returns && length <= limits.returnsText) return undefined;
  const detail = `An order keeps at most ${limits.returns} returns of ${limits.returnsText} characters together; it has ${returns.length} of ${length}. Ask for more units at a time.`;
  return full('', detail, { returns: returns.length, characters: length });
}

/** Whether an order's memory has room for what this event adds to it: notes, shipping events. */
export function objectToGathering(context: OrderContext, event: OrderEvent): Objection | undefined {
  const { notes, shipments } = context;
  switch (event.type) {
    case 'request-return':
      return objectToReturns(context);
    case 'hand-over':
    case 'accept-hand-over':
      return objectToManyHandOvers(context);
    case 'decline-hand-over':
      return objectToManyHandOvers(context) ?? objectToShipment(shipments);
    case 'receive-return':
      return objectToShipment(shipments);
    case 'add-note':
      return objectToNote(notes, event.text, '/text');
    case 'edit-note':
      return objectToNote(
        notes.filter(({ id }) => id !== event.note),
        event.text,
        '/text',
      );
    case 'set-status':
      return event.note?.trim() ? objectToNote(notes, event.note, '/note') : undefined;
    case 'record-shipping-event':
    case 'cancel':
      return objectToShipment(shipments);
    default:
      return undefined;
  }
}
