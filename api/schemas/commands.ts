import { z } from 'zod';
import type { Command } from '../../machines/events';
import { commandSpecs, longestInside, type Field, type FieldKind } from '../../machines/commands';
import { receivedUnits, share, tracking, units } from './common';
import { schemas } from './placing';
import { shopTable } from './shop';

/** What each kind of field of a command is in JSON; `machines/commands.ts` checks the same. */
const kinds: Record<FieldKind, (longest: number) => z.ZodType> = {
  text: (longest) => z.string().max(longest),
  number: () => z.number(),
  flag: () => z.boolean(),
  time: () => z.string().meta({ format: 'date-time' }),
  units: (longest) => z.array(units).max(longest),
  texts: (longest) => z.array(z.string().max(longestInside.id)).max(longest),
  tracking: () => tracking,
  words: () => z.record(z.string(), z.string()),
  table: () => shopTable,
  json: () => z.unknown(),
  downloads: () => z.array(z.unknown()),
  override: (longest) => z.strictObject({ reason: z.string().max(longest) }),
  received: (longest) => z.array(receivedUnits).max(longest),
  goods: (longest) => z.array(schemas.goods).max(longest),
  charge: () => schemas.charge,
  shares: (longest) => z.array(share).max(longest),
};

function fieldSchema({ kind, required, longest = Infinity, says }: Field): z.ZodType {
  const schema = kinds[kind](longest).meta({ description: says });
  return required ? schema : schema.optional();
}

function title(type: string): string {
  return type.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

const variants = Object.entries(commandSpecs).map(([type, { says, fields }]) => {
  const shape = Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)] as const);
  return z
    .strictObject({ type: z.literal(type), ...Object.fromEntries(shape) })
    .meta({ id: `${title(type)}Command`, description: says });
});

const anyCommand = z
  .discriminatedUnion('type', variants as [(typeof variants)[number]])
  .meta({ id: 'Command', example: { type: 'add-note', text: 'Leave it at the door.' } });

/** Every command, for the documentation; requests are read by `readCommand`, which knows the same table. */
export const commandRequest = anyCommand as unknown as z.ZodType<Command>;
