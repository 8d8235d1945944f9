import { pathToFileURL } from 'node:url';
import { childEnvironment } from '../../config';
import type { Command, Part } from '../stack/part';

export interface NodePart {
  readonly name: string;
  /** Absolute path of its main file, in TypeScript or JavaScript. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly port?: number;
}

/**
 * A part that is a Node.js program of this repository. It says `process.send({ ready: true })` when it serves,
 * and ends by itself in good order on SIGTERM and when its channel is disconnected.
 */
export function nodePart({ name, file, environment, port }: NodePart): Part {
  const portVariable = port === undefined ? {} : { PORT: String(port) };
  return {
    name,
    ports: port === undefined ? {} : { port },
    stopSignal: 'SIGTERM',
    command: () => ({
      ...nodeCommand(file, [], { ...environment, ...portVariable }),
      channel: true,
    }),
    ready: ({ saidSo }) => saidSo,
  };
}

/** Runs a TypeScript or JavaScript file in a Node.js of its own, directly, so that the pid is the program's. */
export function nodeCommand(
  file: string,
  args: readonly string[],
  environment: NodePart['environment'] = {},
): Command {
  const loader = file.endsWith('.ts')
    ? ['--import', pathToFileURL(require.resolve('tsx')).href]
    : [];
  return {
    file: process.execPath,
    args: [...loader, file, ...args],
    environment: childEnvironment(environment),
  };
}
