import { needed, units, type Field } from '../commands/fields';

export const stockReports = {
  'stock.allocated': {
    queuedBy: needed('The event that had queued the units.'),
    lines: units('The units that came in and are held now.', true),
  },
} as const satisfies Record<string, Readonly<Record<string, Field>>>;
