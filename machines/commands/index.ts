import type { Command } from '../events';
import { listed, refusal, type Fault, type Refusal } from '../refusals';
import { extraFields, fieldFaults, isRecord, isText } from './checks';
import type { CommandSpec } from './fields';
import { fulfilmentCommands } from './fulfilment';
import { moneyCommands } from './money';
import { notesCommands } from './notes';
import { partnersCommands } from './partners';
import { returnCommands } from './returns';
import { statusCommands } from './status';
import { taskCommands } from './tasks';
import { reconcilingCommands } from '../reconciling/command';
import { tableCommands } from './table';

export { longestInside, type CommandSpec, type Field, type FieldKind } from './fields';

/** Every command, once: HTTP, Updates, Signals, the documentation and the checks are made from this. */
export const commandSpecs: { readonly [T in Command['type']]: CommandSpec } = {
  ...statusCommands,
  ...fulfilmentCommands,
  ...partnersCommands,
  ...moneyCommands,
  ...returnCommands,
  ...notesCommands,
  ...taskCommands,
  ...tableCommands,
  ...reconcilingCommands,
};

export const commandTypes = Object.keys(commandSpecs) as Command['type'][];

function invalid(errors: readonly Fault[], allowed?: readonly string[]): { refusal: Refusal } {
  const detail = errors.map((fault) => `${fault.pointer || '/'}: ${fault.detail}`).join(' ');
  return {
    refusal: refusal('commandIsWellFormed', { code: 'validation', detail, errors, allowed }),
  };
}

/** Reads a command from any JSON, by `commandSpecs`; every fault at once, unknown fields included. */
export function readCommand(value: unknown): { command: Command } | { refusal: Refusal } {
  if (!isRecord(value)) return invalid([{ pointer: '', detail: 'Write { "type", … }.' }]);
  const { type } = value;
  if (!isText(type) || !Object.hasOwn(commandSpecs, type as string)) {
    const detail = `There is no command ${JSON.stringify(type)}; there is ${listed(commandTypes)}.`;
    return invalid([{ pointer: '/type', detail }], commandTypes);
  }
  const { fields } = commandSpecs[type as Command['type']];
  const faults = extraFields(value, ['type', ...Object.keys(fields)], '');
  for (const [name, field] of Object.entries(fields)) {
    faults.push(...fieldFaults(value[name], name, field));
  }
  return faults.length > 0 ? invalid(faults) : { command: value as unknown as Command };
}
