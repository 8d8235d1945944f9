import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { nodeCommand } from '../../scripts/parts/node-part';

export interface Addresses {
  /** Of the database `postgres`, as its superuser, who may create and drop databases. */
  readonly postgresUrl: string;
  readonly temporalAddress: string;
}

export interface TestServers extends Addresses {
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL and Temporal, with the search attributes, for a whole test run, on free ports and with
 * data of their own; they end with `stop`, and also when this process is killed.
 */
export async function startTestServers(): Promise<TestServers> {
  const command = nodeCommand(join(__dirname, 'stack-servers.ts'), []);
  const child = spawn(command.file, command.args, {
    // Ctrl-C at the terminal ends Jest, and Jest's end ends the servers in good order.
    detached: true,
    env: command.environment,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const ready = await Promise.race([firstMessage(child), ended.then(() => undefined)]);
  if (ready === undefined) throw new Error('The test servers did not start; why is said above.');
  // Neither the child nor its channel keeps a Jest alive that has finished without its teardown.
  child.unref();
  child.channel?.unref();
  return {
    ...ready,
    stop: async () => {
      child.ref();
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

async function firstMessage(child: ChildProcess): Promise<Addresses> {
  const [message] = (await once(child, 'message')) as [Addresses];
  return { postgresUrl: message.postgresUrl, temporalAddress: message.temporalAddress };
}
