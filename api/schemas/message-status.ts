import { z } from 'zod';
import type { DeliveryStatus } from '../../db/deliveries/deliveries';
import type { PartnerMessage } from '../../db/partners/messages';
import { tone } from './orders';

type Status = PartnerMessage['status'];

/** How what is told and what is said fares: in which direction that may be, in words, and how it is to be taken. */
const known = {
  waiting: { says: 'Waiting', tone: 'info', directions: ['out', 'in'] },
  delivered: { says: 'Delivered', tone: 'success', directions: ['out'] },
  failed: { says: 'Failed', tone: 'danger', directions: ['out'] },
  stopped: { says: 'Not sent any more', tone: 'neutral', directions: ['out'] },
  parked: { says: 'Parked', tone: 'warning', directions: ['in'] },
  done: { says: 'Done', tone: 'success', directions: ['in'] },
  refused: { says: 'Refused', tone: 'danger', directions: ['in'] },
} as const satisfies Record<
  Status,
  { says: string; tone: z.infer<typeof tone>; directions: readonly PartnerMessage['direction'][] }
>;

export const messageStatuses = Object.entries(known).map(([status, about]) => ({
  status: status as Status,
  ...about,
}));

export const deliveryStatuses = messageStatuses.filter(({ directions }) =>
  directions.some((direction) => direction === 'out'),
) as readonly ((typeof messageStatuses)[number] & { readonly status: DeliveryStatus })[];

export const statusList = z
  .array(
    z.object({
      status: z.string(),
      says: z.string(),
      tone,
      directions: z.array(z.enum(['out', 'in'])).meta({ description: 'Who told whom.' }),
    }),
  )
  .meta({ id: 'MessageStatuses', description: 'Every status a message may have, in words.' });
