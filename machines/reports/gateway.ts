import { text, WHY, type Field } from '../commands/fields';
import { alert, change, type Draft } from '../deciding/draft';
import type { EventOf } from '../events';
import type { Objection } from '../refusals';
import type { Movement, OrderContext } from '../state';

export const gatewayReports = {
  'gateway.told': {
    movement: text('The key of the movement that the gateway spoke of.', 255),
    differs: text('What it said that our own records do not have.', WHY),
  },
} as const satisfies Record<string, Readonly<Record<string, Field>>>;

type Told = EventOf<'gateway.told'>;

/** The movement of unknown outcome that a gateway has spoken of. */
function spokenOf({ movements }: OrderContext, { movement }: Told): Movement | undefined {
  const [first] = movements;
  return first?.askAt !== undefined && first.key === movement ? first : undefined;
}

/** What a gateway tells late, or twice, changes nothing. */
export function objectToTold(context: OrderContext, event: Told): Objection | undefined {
  const isKnown = context.attention.some(
    ({ reason, text: said }) => reason === 'gateway-differs' && said === event.differs,
  );
  if (spokenOf(context, event) || (event.differs !== undefined && !isKnown)) return undefined;
  return { code: 'not-found', detail: 'Nothing waits for what the gateway told.' };
}

/** A gateway has spoken: what nobody knew the outcome of is asked for at once. */
export function recordTold(draft: Draft, event: Told): void {
  const { movements } = draft.context;
  const movement = spokenOf(draft.context, event);
  if (movement) {
    change(draft, { movements: [{ ...movement, askAt: event.at }, ...movements.slice(1)] });
  }
  if (event.differs !== undefined) alert(draft, 'gateway-differs', event.differs);
}
